"""The solver against trying everything on small cases, and against SciPy's optimum on larger ones."""

import itertools
import unittest

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from lsm_crm.services.roster_solver import FAIRNESS, Need, Problem, clash_groups, solve, total_cost


def make_problem(rng, shifts, people, density, most, clashes=(), needs=(), max_places=2):
	grid = rng.random((shifts, people)) < density
	shift, volunteer = np.nonzero(grid)
	return Problem(
		places=rng.integers(0, max_places + 1, shifts),
		shift=shift,
		volunteer=volunteer,
		cost=rng.integers(0, 60, len(shift)),
		load=rng.integers(0, 4, people),
		most=np.full(people, most),
		clashes=list(clashes),
		needs=list(needs),
	)


def is_allowed(problem, pairs):
	shifts, people = problem.shift[pairs], problem.volunteer[pairs]
	if (np.bincount(shifts, minlength=len(problem.places)) > problem.places).any():
		return False
	if (np.bincount(people, minlength=len(problem.most)) > problem.most).any():
		return False
	both = set(zip(people.tolist(), shifts.tolist(), strict=True))
	if any((p, a) in both and (p, b) in both for a, b in problem.clashes for p in set(people.tolist())):
		return False
	for need in problem.needs:
		others = [p for p, s in both if s == need.shift and p not in set(need.speakers.tolist())]
		if len(others) > max(0, problem.places[need.shift] - need.people):
			return False
	return True


def best_by_trying(problem):
	best = (0, 0)
	for size in range(1, min(len(problem.shift), int(problem.places.sum())) + 1):
		costs = [
			total_cost(problem, np.array(pairs))
			for pairs in itertools.combinations(range(len(problem.shift)), size)
			if is_allowed(problem, np.array(pairs))
		]
		if not costs:
			break
		best = (size, min(costs))
	return best


class TestRosterSolver(unittest.TestCase):
	@settings(max_examples=60, deadline=None)
	@given(seed=st.integers(0, 10**6), clashing=st.booleans(), needing=st.integers(0, 2))
	def test_equals_the_best_of_all_choices(self, seed, clashing, needing):
		rng = np.random.default_rng(seed)
		clashes = [pair for pair in itertools.combinations(range(3), 2) if clashing and rng.random() < 0.6]
		problem = make_problem(rng, 3, 4, 0.7, 2, clashes)
		problem.needs = [
			Need(int(rng.integers(0, 3)), 1, np.flatnonzero(rng.random(4) < 0.5)) for _number in range(needing)
		]
		problem.needs = [need for need in problem.needs if problem.places[need.shift] >= need.people]
		solution = solve(problem)
		self.assertTrue(is_allowed(problem, solution.pairs))
		self.assertEqual((len(solution.pairs), solution.cost), best_by_trying(problem))
		self.assertTrue(solution.exact)

	def test_never_worse_than_scipy_without_side_rules(self):
		for seed in range(3):
			problem = make_problem(np.random.default_rng(seed), 60, 200, 0.1, 2, max_places=4)
			solution = solve(problem)
			self.assertEqual((len(solution.pairs), solution.cost), scipy_optimum(problem))

	def test_clashes_in_a_chain_are_solved_exactly(self):
		problem = Problem(
			places=np.array([1, 1, 1]),
			shift=np.array([0, 1, 2]),
			volunteer=np.array([0, 0, 0]),
			cost=np.array([5, 1, 5]),
			load=np.array([0]),
			most=np.array([3]),
			clashes=[(0, 1), (1, 2)],
		)
		self.assertFalse(clash_groups(3, problem.clashes)[1])
		solution = solve(problem)
		self.assertEqual((sorted(problem.shift[solution.pairs]), solution.method), ([0, 2], "CP-SAT"))

	def test_nothing_to_do(self):
		empty = np.zeros(0, dtype=int)
		problem = Problem(np.array([2]), empty, empty, empty, np.array([0]), np.array([1]))
		self.assertEqual(len(solve(problem).pairs), 0)


def scipy_optimum(problem):
	"""The same question as a linear programme; without side rules its corners are whole numbers."""
	pairs, people, shifts = len(problem.shift), len(problem.load), len(problem.places)
	whose = np.repeat(np.arange(people), problem.most)
	order = np.concatenate([np.arange(most) for most in problem.most])
	fairness = FAIRNESS * (problem.load[whose] + order + 1)
	worth = 10 * (problem.cost.max() + fairness.max()) * problem.places.sum()
	at = np.arange(pairs)
	places = csr_array((np.ones(pairs), (problem.shift, at)), shape=(shifts, pairs + len(whose)))
	rows = np.concatenate([problem.volunteer, whose])
	values = np.concatenate([np.ones(pairs), -np.ones(len(whose))])
	balance = csr_array((values, (rows, np.arange(pairs + len(whose)))), shape=(people, pairs + len(whose)))
	found = linprog(
		np.concatenate([problem.cost - worth, fairness]),
		A_ub=places,
		b_ub=problem.places,
		A_eq=balance,
		b_eq=np.zeros(people),
		bounds=(0, 1),
		method="highs",
	)
	chosen = np.flatnonzero(np.round(found.x[:pairs]))
	return len(chosen), total_cost(problem, chosen)
