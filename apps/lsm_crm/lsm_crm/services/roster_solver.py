"""The roster as a minimum cost flow: from shifts to people, as many places filled as can be, then at the least cost.

Pure arithmetic on arrays, without a database. Places of a shift flow to people along the eligible pairs and from each
person to the end along arcs that cost more with every further place (fairness). Shifts that clash for one person go
through a node of capacity one for that person and that group of shifts. Where clashes are no such groups, or several
language needs meet in one shift, CP-SAT states the rules exactly; above CPSAT_EDGES pairs the flow with the stricter
grouping is used instead and `exact` is False.

Costs are whole numbers; less is better. Filling one more place is worth more than any sum of costs can save.
"""

from dataclasses import dataclass, field

import numpy as np
from ortools.graph.python import min_cost_flow

CPSAT_EDGES = 20_000
CPSAT_SECONDS = 20.0
# One place more or less on a person's roster, against area and availability.
FAIRNESS = 12


@dataclass
class Need:
	"""`people` more people among `speakers` (volunteer indexes) are wanted in shift `shift`."""

	shift: int
	people: int
	speakers: np.ndarray


@dataclass
class Problem:
	places: np.ndarray  # open places of each shift
	shift: np.ndarray  # of each eligible pair
	volunteer: np.ndarray  # of each eligible pair
	cost: np.ndarray  # of each eligible pair
	load: np.ndarray  # places each volunteer had or has lately
	most: np.ndarray  # places this plan may give each volunteer
	clashes: list[tuple[int, int]] = field(default_factory=list)  # pairs of shifts nobody can do both
	needs: list[Need] = field(default_factory=list)


@dataclass
class Solution:
	pairs: np.ndarray  # indexes into the eligible pairs
	cost: int
	method: str
	exact: bool


class NoSolutionError(RuntimeError):
	"""The solver gave up; nothing is planned."""


def solve(problem: Problem) -> Solution:
	"""Return the chosen pairs. Ties are broken by the solver, the same way each time."""
	groups, are_cliques = clash_groups(len(problem.places), problem.clashes)
	by_shift: dict[int, int] = {}
	for need in problem.needs:
		by_shift[need.shift] = by_shift.get(need.shift, 0) + 1
	needs_rules = not are_cliques or any(count > 1 for count in by_shift.values())
	if needs_rules and len(problem.shift) <= CPSAT_EDGES:
		return _solve_rules(problem)
	pairs = _solve_flow(problem, groups)
	method = "min-cost flow"
	return Solution(pairs, total_cost(problem, pairs), method, exact=not needs_rules)


def total_cost(problem: Problem, pairs: np.ndarray) -> int:
	"""Cost of a choice: of its pairs, and of how unevenly it spreads the places."""
	counts = np.bincount(problem.volunteer[pairs], minlength=len(problem.load)).astype(np.int64)
	fairness = FAIRNESS * (counts * problem.load + counts * (counts + 1) // 2)
	return int(problem.cost[pairs].sum() + fairness.sum())


def clash_groups(shifts: int, clashes: list[tuple[int, int]]) -> tuple[np.ndarray, bool]:
	"""Return the group of each shift (-1: clashes with none) and whether every group clashes throughout."""
	parent = list(range(shifts))

	def root(node: int) -> int:
		while parent[node] != node:
			parent[node] = parent[parent[node]]
			node = parent[node]
		return node

	for one, other in clashes:
		parent[root(one)] = root(other)
	groups = np.full(shifts, -1)
	sizes: dict[int, int] = {}
	clashing = {node for pair in clashes for node in pair}
	for node in clashing:
		groups[node] = root(node)
		sizes[root(node)] = sizes.get(root(node), 0) + 1
	pairs = {(min(pair), max(pair)) for pair in clashes}
	return groups, len(pairs) == sum(size * (size - 1) // 2 for size in sizes.values())


def _solve_flow(problem: Problem, groups: np.ndarray) -> np.ndarray:
	tails, heads, capacities, costs, edges = _arcs(problem, groups)
	nodes = int(max(tails.max(), heads.max())) + 1 if len(tails) else 2
	flow = min_cost_flow.SimpleMinCostFlow()
	arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
	total = int(problem.places.sum())
	supplies = np.zeros(max(nodes, 2), dtype=np.int64)
	supplies[0], supplies[1] = total, -total
	flow.set_nodes_supplies(np.arange(len(supplies), dtype=np.int32), supplies)
	status = flow.solve_max_flow_with_min_cost()
	if status != flow.OPTIMAL:
		raise NoSolutionError(str(status))
	used = flow.flows(arcs)
	return edges[(edges >= 0) & (used > 0)]


def _arcs(problem: Problem, groups: np.ndarray):
	"""Arcs of the network. Nodes: 0 start, 1 end, then shifts, each shift's part for anyone, people, clash groups.

	Speakers are reached from the shift itself; others through its part for anyone, which is as much smaller as people
	are needed for a language.
	"""
	shifts, people = len(problem.places), len(problem.load)
	shift_node, anyone_node, person_node = 2, 2 + shifts, 2 + 2 * shifts
	kept = np.zeros(shifts, dtype=np.int64)
	speaker = np.zeros(len(problem.shift), dtype=bool)
	for need in problem.needs:
		kept[need.shift] = min(problem.places[need.shift], kept[need.shift] + need.people)
		speaker |= (problem.shift == need.shift) & np.isin(problem.volunteer, need.speakers)
	limited = ~speaker & (kept[problem.shift] > 0)
	tails = np.where(limited, anyone_node, shift_node) + problem.shift
	targets, gates = _targets(problem, groups, person_node, person_node + people)
	all_shifts, kept_shifts = np.arange(shifts), np.flatnonzero(kept)
	whose = np.repeat(np.arange(people), problem.most)
	order = np.concatenate([np.arange(most) for most in problem.most]) if len(whose) else whose
	parts = [
		(np.zeros(shifts), shift_node + all_shifts, problem.places, 0, -1),
		(shift_node + kept_shifts, anyone_node + kept_shifts, (problem.places - kept)[kept_shifts], 0, -1),
		(tails, targets, 1, problem.cost, np.arange(len(problem.shift))),
		gates,
		(person_node + whose, np.ones(len(whose)), 1, FAIRNESS * (problem.load[whose] + order + 1), -1),
	]
	columns = list(zip(*[np.broadcast_arrays(*part) for part in parts], strict=True))
	tails, heads, capacities, costs, edges = (np.concatenate(column).astype(np.int64) for column in columns)
	return tails.astype(np.int32), heads.astype(np.int32), capacities, costs, edges


def _targets(problem: Problem, groups: np.ndarray, person_node: int, group_node: int):
	"""Where each pair leads: to the person, or to the person's own gate for a group of clashing shifts."""
	targets = person_node + problem.volunteer
	grouped = np.flatnonzero(groups[problem.shift] >= 0)
	if not len(grouped):
		return targets, (np.zeros(0), np.zeros(0), 1, 0, -1)
	keys = groups[problem.shift[grouped]].astype(np.int64) * len(problem.load) + problem.volunteer[grouped]
	unique, position = np.unique(keys, return_inverse=True)
	targets = targets.copy()
	targets[grouped] = group_node + position
	return targets, (group_node + np.arange(len(unique)), person_node + unique % len(problem.load), 1, 0, -1)


def _solve_rules(problem: Problem) -> Solution:
	"""State every rule exactly. Slower; for the size of a foundation, not of a city."""
	from ortools.sat.python import cp_model

	model = cp_model.CpModel()
	chosen = [model.new_bool_var(f"p{i}") for i in range(len(problem.shift))]
	of_shift: dict[int, list[int]] = {}
	of_person: dict[int, dict[int, int]] = {}
	for i, (shift, person) in enumerate(zip(problem.shift.tolist(), problem.volunteer.tolist(), strict=True)):
		of_shift.setdefault(shift, []).append(i)
		of_person.setdefault(person, {})[shift] = i
	for shift, pairs in of_shift.items():
		model.add(sum(chosen[i] for i in pairs) <= int(problem.places[shift]))
	for need in problem.needs:
		speakers = set(need.speakers.tolist())
		others = [i for i in of_shift.get(need.shift, ()) if int(problem.volunteer[i]) not in speakers]
		model.add(sum(chosen[i] for i in others) <= max(0, int(problem.places[need.shift]) - need.people))
	spread = []
	for person, shifts in of_person.items():
		for one, other in problem.clashes:
			if one in shifts and other in shifts:
				model.add_at_most_one(chosen[shifts[one]], chosen[shifts[other]])
		steps = [model.new_bool_var(f"k{person}_{k}") for k in range(int(problem.most[person]))]
		model.add(sum(chosen[i] for i in shifts.values()) == sum(steps))
		spread += [step * (FAIRNESS * (int(problem.load[person]) + k + 1)) for k, step in enumerate(steps)]
	worth = _worth(problem)
	model.minimize(sum(chosen[i] * (int(problem.cost[i]) - worth) for i in range(len(chosen))) + sum(spread))
	solver = cp_model.CpSolver()
	solver.parameters.max_time_in_seconds = CPSAT_SECONDS
	solver.parameters.num_workers = 2
	solver.parameters.random_seed = 1
	status = solver.solve(model)
	if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
		raise NoSolutionError(solver.status_name(status))
	taken = np.array([i for i, variable in enumerate(chosen) if solver.value(variable)], dtype=int)
	return Solution(taken, total_cost(problem, taken), "CP-SAT", exact=status == cp_model.OPTIMAL)


def _worth(problem: Problem) -> int:
	"""More than any rearrangement can save: what one more filled place is worth."""
	places = int(problem.places.sum()) + 1
	dearest = int(problem.cost.max(initial=0)) + FAIRNESS * (
		int(problem.load.max(initial=0)) + int(problem.most.max(initial=0)) + 1
	)
	return places * (dearest + 1)
