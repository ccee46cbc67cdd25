"""Proposals for who fills the open places of shifts: read in a fixed number of queries, solved, explained.

Nothing changes until the coordinator agrees; then each place is taken by the same rules as by hand, one by one, since
the world may have moved on in between.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
import numpy as np
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from lsm_crm.exceptions import ShiftRefusedError
from lsm_crm.services import roster_solver, shift_places
from lsm_crm.services.recurrence import WEEKDAYS
from lsm_crm.services.screening import Screening

DAY_PARTS = ("Morning", "Afternoon", "Evening")
# What a pair costs; the best pair costs nothing.
UNKNOWN_AVAILABILITY, NO_AREA_STATED, OTHER_AREA = 30, 8, 16
PLACES_A_WEEK = 2
LOOK_BACK_DAYS = 56


@dataclass
class Choice:
	shift: str
	volunteer: str
	score: int
	reason: str


@dataclass
class Gap:
	shift: str
	missing: int
	reason: str


@dataclass
class Proposal:
	choices: list[Choice]
	gaps: list[Gap]
	solution: roster_solver.Solution
	problem: roster_solver.Problem


class Roster:
	"""Everything that planning a period needs, read once, as arrays over volunteers and shifts."""

	def __init__(self, first, last):
		self.first = max(get_datetime(first), now_datetime())
		self.last = get_datetime(f"{getdate(last)} 23:59:59")
		self.read_shifts()
		self.read_people()
		self.roles = sorted({shift.role for shift in self.shifts})
		self.rest = timedelta(hours=shift_places.rest_hours())

	def read_shifts(self):
		table = DocType("Volunteer Shift")
		self.shifts = (
			frappe.qb.from_(table)
			.select(table.name, table.role, table.venue, table.starts_at, table.ends_at, table.places, table.taken)
			.where(table.state == "Open")
			.where(table.starts_at >= self.first)
			.where(table.starts_at <= self.last)
			.orderby(table.starts_at, table.name)
			.run(as_dict=True)
		)
		self.shift_index = {shift.name: i for i, shift in enumerate(self.shifts)}
		self.starts = np.array([shift.starts_at for shift in self.shifts], dtype="datetime64[s]")
		self.ends = np.array([shift.ends_at for shift in self.shifts], dtype="datetime64[s]")
		self.open = np.array([max(0, s.places - (s.taken or 0)) for s in self.shifts], dtype=np.int64)

	def read_people(self):
		table = DocType("Volunteer")
		people = (
			frappe.qb.from_(table).select(table.name).where(table.workflow_state == "Active").orderby(table.name).run()
		)
		self.people = [row[0] for row in people]
		self.person_index = {name: i for i, name in enumerate(self.people)}

	def children(self, doctype: str, *fields: str):
		"""Rows (person's index, values …) of a child table of active volunteers."""
		table = DocType(doctype)
		query = frappe.qb.from_(table).select(table.parent, *(table[field] for field in fields))
		for parent, *values in query.where(table.parenttype == "Volunteer").run():
			if (index := self.person_index.get(parent)) is not None:
				yield index, *values

	def first_and_last_days(self) -> tuple[np.ndarray, np.ndarray]:
		"""For each person and role: the days between which shifts in it may be taken; never, when there is no role."""
		shape = (len(self.people), len(self.roles))
		first = np.full(shape, np.datetime64("9999-12-31"), dtype="datetime64[D]")
		last = np.full(shape, np.datetime64("0001-01-01"), dtype="datetime64[D]")
		self.has_role = np.zeros(shape, dtype=bool)
		positions = {role: i for i, role in enumerate(self.roles)}
		screening = Screening(None, self.roles)
		for person, role, state in self.children("Volunteer Role Choice", "role", "state"):
			if state != "Accepted" or role not in positions:
				continue
			self.has_role[person, positions[role]] = True
			if span := screening.span(self.people[person], role):
				first[person, positions[role]], last[person, positions[role]] = span
		return first, last

	def availability(self) -> tuple[np.ndarray, np.ndarray]:
		"""Whether each person can come in each of the 21 parts of a week, and whether they said anything."""
		grid = np.zeros((len(self.people), 21), dtype=bool)
		for person, day, part in self.children("Volunteer Availability", "weekday", "day_part"):
			if day in WEEKDAYS and part in DAY_PARTS:
				grid[person, slot_of(day, part)] = True
		return grid, np.asarray(grid.any(axis=1))

	def busy(self) -> np.ndarray:
		"""People × shifts that another place of theirs forbids."""
		table = DocType("Shift Place")
		day = timedelta(days=1)
		rows = (
			frappe.qb.from_(table)
			.select(table.volunteer, table.shift, table.starts_at, table.ends_at)
			.where(table.state.isin(shift_places.HELD))
			.where(table.starts_at >= self.first - day)
			.where(table.starts_at <= self.last + day)
			.run()
		)
		grid = np.zeros((len(self.people), len(self.shifts)), dtype=bool)
		for volunteer, shift, starts, ends in rows:
			if (person := self.person_index.get(volunteer)) is not None:
				grid[person] |= self.clash_with(starts, ends)
				if shift in self.shift_index:
					grid[person, self.shift_index[shift]] = True
		return grid

	def clash_with(self, starts: datetime, ends: datetime) -> np.ndarray:
		"""Which shifts overlap with this time or leave too little rest between two days; as in shift_places."""
		start, end = np.datetime64(starts, "s"), np.datetime64(ends, "s")
		overlap = (self.starts < end) & (start < self.ends)
		gap = np.where(self.starts >= end, self.starts - end, start - self.ends)
		other_day = self.starts.astype("datetime64[D]") != start.astype("datetime64[D]")
		return overlap | (other_day & (gap < np.timedelta64(self.rest)))

	def clashes(self) -> list[tuple[int, int]]:
		"""Pairs of shifts that nobody can do both."""
		found = []
		for i, shift in enumerate(self.shifts):
			later = np.flatnonzero(self.clash_with(shift.starts_at, shift.ends_at)[i + 1 :]) + i + 1
			found += [(i, int(other)) for other in later]
		return found

	def load(self) -> np.ndarray:
		"""Places that each person had or has since the look-back."""
		table = DocType("Shift Place")
		load = np.zeros(len(self.people), dtype=np.int64)
		query = frappe.qb.from_(table).select(table.volunteer, Count("*")).where(table.state.isin(shift_places.HELD))
		for name, count in (
			query.where(table.starts_at >= add_days(now_datetime(), -LOOK_BACK_DAYS)).groupby(table.volunteer).run()
		):
			if name in self.person_index:
				load[self.person_index[name]] = count
		return load

	def area_costs(self) -> np.ndarray:
		"""People × shifts: what the distance costs. A shift without a known area costs nobody anything."""
		spans = {row[0]: row[1:] for row in frappe.qb.from_("Area").select("name", "lft", "rgt").run()}
		venue_area = dict(frappe.qb.from_("Venue").select("name", "area").run())
		areas = [venue_area.get(shift.venue) for shift in self.shifts]
		known = sorted({area for area in areas if area is not None and area in spans})
		column = {area: i for i, area in enumerate(known)}
		near = np.zeros((len(self.people), len(known)), dtype=bool)
		stated = np.zeros(len(self.people), dtype=bool)
		for person, area in self.children("Volunteer Area", "area"):
			stated[person] = True
			for other in known:
				near[person, column[other]] |= area in spans and _within(spans[area], spans[other])
		costs = np.where(near, 0, np.where(stated, OTHER_AREA, NO_AREA_STATED)[:, None])
		grid = np.zeros((len(self.people), len(self.shifts)), dtype=np.int64)
		self.is_near = np.zeros(grid.shape, dtype=bool)
		for i, area in enumerate(areas):
			if area in column:
				grid[:, i] = costs[:, column[area]]
				self.is_near[:, i] = near[:, column[area]]
		return grid

	def needs(self) -> list[roster_solver.Need]:
		"""Language needs that those already in a shift leave open."""
		table = DocType("Shift Language Need")
		rows = (
			frappe.qb.from_(table)
			.select(table.parent, table.language, table.skill, table.level, table.people)
			.where(table.parenttype == "Volunteer Shift")
			.run()
		)
		rows = [row for row in rows if row[0] in self.shift_index]
		self.speaks = defaultdict(list)
		if not rows:
			return []
		spoken = list(self.children("Volunteer Language", "language", "speaking", "reading", "writing", "interpreting"))
		held = self._held_by_shift()
		found = []
		for shift, language, skill, level, people in rows:
			place = ("Speaking", "Reading", "Writing", "Interpreting").index(skill) + 2
			least = shift_places.LEVELS.index(level)
			able = np.unique(
				[
					row[0]
					for row in spoken
					if row[1] == language and shift_places.LEVELS.index(row[place] or "") >= least
				]
			).astype(int)
			there = len(held[shift].intersection(able.tolist()))
			self.speaks[self.shift_index[shift]].append((language, frozenset(able.tolist())))
			if people > there:
				found.append(roster_solver.Need(self.shift_index[shift], people - there, able))
		return found

	def _held_by_shift(self) -> dict[str, set[int]]:
		table = DocType("Shift Place")
		held = defaultdict(set)
		query = frappe.qb.from_(table).select(table.shift, table.volunteer).where(table.state.isin(shift_places.HELD))
		for shift, volunteer in query.where(table.starts_at >= self.first).run():
			held[shift].add(self.person_index.get(volunteer, -1))
		return held


def propose(first, last) -> Proposal:
	"""Solve the open places of the period. Reads only."""
	roster = Roster(first, last)
	weeks = max(1, -(-(getdate(last) - getdate(first)).days // 7))
	masks = _masks(roster)
	eligible = masks["role"] & masks["screened"] & masks["available"] & masks["free"]
	eligible &= roster.open[None, :] > 0
	volunteer, shift = np.nonzero(eligible)
	costs = roster.area_costs() + np.where(masks["stated"], 0, UNKNOWN_AVAILABILITY)[:, None]
	problem = roster_solver.Problem(
		places=roster.open,
		shift=shift,
		volunteer=volunteer,
		cost=costs[volunteer, shift],
		load=roster.load(),
		most=np.full(len(roster.people), PLACES_A_WEEK * weeks),
		clashes=roster.clashes(),
		needs=roster.needs(),
	)
	problem.most = np.minimum(problem.most, np.bincount(volunteer, minlength=len(roster.people)))
	solution = roster_solver.solve(problem)
	return Proposal(
		_choices(roster, problem, solution, masks), _gaps(roster, problem, solution, masks), solution, problem
	)


def propose_into(plan) -> None:
	"""Write a proposal into a Shift Plan, in place of an earlier one."""
	if plan.state not in ("Draft", "Proposed"):
		frappe.throw(_("This plan was decided on already."), title=_("Shift Plan"))
	write(plan, propose(plan.from_date, plan.to_date))


def write(plan, proposal: Proposal) -> None:
	"""Store the rows of the proposal in bulk: a plan of thousands of places is one statement a table."""
	for doctype in ("Shift Plan Place", "Shift Plan Gap"):
		frappe.db.delete(doctype, {"parent": plan.name})
	names = dict(frappe.get_all("Volunteer", {"workflow_state": "Active"}, ["name", "full_name"], as_list=True))
	planned = {choice.shift for choice in proposal.choices} | {gap.shift for gap in proposal.gaps}
	starts = dict(
		frappe.get_all("Volunteer Shift", {"name": ("in", planned or {""})}, ["name", "starts_at"], as_list=True)
	)
	_write_rows(
		plan,
		"Shift Plan Place",
		"places",
		("shift", "starts_at", "volunteer", "volunteer_name", "score", "reason"),
		[
			(c.shift, starts.get(c.shift), c.volunteer, names.get(c.volunteer), c.score, c.reason)
			for c in proposal.choices
		],
	)
	_write_rows(
		plan,
		"Shift Plan Gap",
		"gaps",
		("shift", "starts_at", "missing", "reason"),
		[(gap.shift, starts.get(gap.shift), gap.missing, gap.reason) for gap in proposal.gaps],
	)
	plan.db_set("state", "Proposed")
	plan.reload()


def agree(plan) -> dict[str, int]:
	"""Take every proposed place by the usual rules; what is no longer possible says why in its row."""
	placed = refused = 0
	for row in plan.places:
		if row.outcome:
			continue
		frappe.db.savepoint("planned_place")
		try:
			place = shift_places.take(row.shift, row.volunteer, made_by="Planner", reason=row.reason)
			outcome, placed = _("Placed"), placed + 1
		except ShiftRefusedError as error:
			frappe.db.rollback(save_point="planned_place")
			frappe.clear_last_message()
			outcome, refused = frappe.utils.strip_html(str(error).replace("<br>", " "))[:140], refused + 1
		else:
			shift_places.tell(place.volunteer, frappe.get_cached_doc("Volunteer Shift", row.shift), "shift_taken")
		row.db_set("outcome", outcome)
	return {"placed": placed, "refused": refused}


def slot_of(weekday: str, part: str) -> int:
	return WEEKDAYS.index(weekday) * 3 + DAY_PARTS.index(part)


def slot_at(moment: datetime) -> int:
	"""The part of the week in which a shift begins: morning before 12, afternoon before 17."""
	return moment.weekday() * 3 + (0 if moment.hour < 12 else 1 if moment.hour < 17 else 2)


def _masks(roster: Roster) -> dict[str, np.ndarray]:
	"""People × shifts: who has the role, is screened, available and free. `stated` is by person."""
	first, last = roster.first_and_last_days()
	days = roster.starts.astype("datetime64[D]")
	role = np.array([roster.roles.index(shift.role) for shift in roster.shifts], dtype=int)
	grid, stated = roster.availability()
	slots = np.array([slot_at(shift.starts_at) for shift in roster.shifts], dtype=int)
	return {
		"role": roster.has_role[:, role],
		"screened": (first[:, role] <= days) & (last[:, role] >= days),
		"available": grid[:, slots] | ~stated[:, None],
		"free": ~roster.busy(),
		"stated": stated,
	}


def _choices(roster: Roster, problem, solution, masks) -> list[Choice]:
	words = {
		"stated": _("available on {0}, {1}"),
		"unstated": _("said nothing about availability"),
		"near": _("wants to work in this area"),
		"load": _("{0} shifts in the last {1} days"),
		"speaks": _("speaks {0}"),
	}
	days, parts = [_(day) for day in WEEKDAYS], [_(part) for part in DAY_PARTS]
	when = [divmod(slot_at(shift.starts_at), 3) for shift in roster.shifts]
	roles = {role: _(role) for role in roster.roles}
	stated, near, load = masks["stated"], roster.is_near, problem.load
	found = []
	for pair in solution.pairs.tolist():
		shift, person = int(problem.shift[pair]), int(problem.volunteer[pair])
		day, part = when[shift]
		reasons = [roles[roster.shifts[shift].role]]
		reasons += [words["speaks"].format(lang) for lang, able in roster.speaks.get(shift, ()) if person in able]
		reasons.append(words["stated"].format(days[day], parts[part]) if stated[person] else words["unstated"])
		if near[person, shift]:
			reasons.append(words["near"])
		reasons.append(words["load"].format(int(load[person]), LOOK_BACK_DAYS))
		score = max(0, 100 - int(problem.cost[pair]))
		found.append(Choice(roster.shifts[shift].name, roster.people[person], score, "; ".join(reasons)))
	return found


def _gaps(roster: Roster, problem, solution, masks) -> list[Gap]:
	"""Each shift with places left, with how far the candidates came."""
	filled = np.bincount(problem.shift[solution.pairs], minlength=len(roster.shifts))
	found = []
	for i in np.flatnonzero(roster.open - filled > 0).tolist():
		role = masks["role"][:, i]
		screened = role & masks["screened"][:, i]
		available = screened & masks["available"][:, i]
		free = available & masks["free"][:, i]
		sentence = _(
			"{0} active volunteers have this role, {1} of them are screened for that day, {2} of those are available "
			"then, and {3} have no other shift too near."
		).format(int(role.sum()), int(screened.sum()), int(available.sum()), int(free.sum()))
		if free.sum() > filled[i]:
			sentence += " " + _("The others are needed in other shifts, have enough shifts, or lack a language needed.")
		found.append(Gap(roster.shifts[i].name, int(roster.open[i] - filled[i]), sentence))
	return found


def _write_rows(plan, doctype: str, parentfield: str, fields: tuple, rows: list[tuple]) -> None:
	now = now_datetime()
	user = frappe.session.user
	columns = ["name", "creation", "modified", "owner", "modified_by", "docstatus"]
	columns += ["parent", "parenttype", "parentfield", "idx", *fields]
	values = [
		(frappe.generate_hash(length=10), now, now, user, user, 0, plan.name, plan.doctype, parentfield, i, *row)
		for i, row in enumerate(rows, start=1)
	]
	if values:
		frappe.db.bulk_insert(doctype, columns, values)


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
	"""Whether one area holds the other, either way."""
	return (one[0] <= other[0] and one[1] >= other[1]) or (other[0] <= one[0] and other[1] >= one[1])
