"""The roster planner at 5,000 volunteers, 500 shifts of 4 places, one pair in ten eligible.

Limit: at most 3 times the bare solver's time in the same run, database included; never worse than SciPy's optimum.
Run with `./lsm bench execute` on a site without work of others, or as a test: the rows are rolled back at the end.
"""

from __future__ import annotations

import random
import time

import frappe
import numpy as np
from frappe.utils import now

from lsm_crm.services import roster, roster_solver
from lsm_crm.services.recurrence import WEEKDAYS
from lsm_crm.services.test_roster_solver import scipy_optimum

VOLUNTEERS, SHIFTS, PLACES, ROLES = 5000, 500, 4, 5
LIMIT = 3.0
FIRST, LAST = "2031-03-03", "2031-04-27"
SEED = 20261122


def insert(doctype: str, rows: list[dict]) -> None:
	"""Rows as they are, without controllers: what is measured is reading and planning."""
	stamp = {"creation": now(), "modified": now(), "owner": "Administrator", "modified_by": "Administrator"}
	rows = [{**stamp, "docstatus": 0, "idx": 1, **row} for row in rows]
	columns = list(rows[0])
	frappe.db.bulk_insert(doctype, columns, [tuple(row[c] for c in columns) for row in rows], chunk_size=5000)


def seed(rng: random.Random, volunteers: int, shifts: int) -> None:
	"""Each volunteer holds one of five roles and half of the parts of the week: so one pair in ten is eligible."""
	frappe.db.sql("update `tabVolunteer` set workflow_state = 'Paused' where workflow_state = 'Active'")
	frappe.db.delete("Volunteer Shift", {"starts_at": ("between", (FIRST, LAST))})
	roles = frappe.get_all("Volunteer Role", {"works_with_children": 0}, pluck="name", limit=ROLES, order_by="name")
	people = [f"BENCH-{i:05}" for i in range(volunteers)]
	insert("Volunteer", [{"name": p, "first_name": p, "full_name": p, "workflow_state": "Active"} for p in people])
	children = {"Volunteer Role Choice": [], "Volunteer Availability": [], "Screening Item": []}
	for person in people:
		of = {"parent": person, "parenttype": "Volunteer"}
		role = {"role": rng.choice(roles), "state": "Accepted", "parentfield": "roles"}
		children["Volunteer Role Choice"].append({"name": f"R{person}", **of, **role})
		slots = rng.sample([(d, p) for d in WEEKDAYS for p in roster.DAY_PARTS], 10)
		children["Volunteer Availability"] += [
			{"name": f"A{person}-{i}", **of, "weekday": d, "day_part": p, "parentfield": "availability"}
			for i, (d, p) in enumerate(slots)
		]
		for requirement in ("Right to Work", "VOG", "Agreement", "Confidentiality Statement"):
			children["Screening Item"].append(
				{
					"name": f"S{person}-{requirement}",
					"volunteer": person,
					"requirement": requirement,
					"result": "Approved",
					"valid_from": "2020-01-01",
					"valid_until": "2099-12-31",
					"may_volunteer": "May Volunteer" if requirement == "Right to Work" else None,
				}
			)
	for doctype, rows in children.items():
		insert(doctype, rows)
	days = [np.datetime64(FIRST) + i for i in range(56)]
	starts = [f"{days[i % 56]} {(9, 13, 18)[i // 56 % 3]:02}:00:00" for i in range(shifts)]
	insert(
		"Volunteer Shift",
		[
			{
				"name": f"BENCH-SHIFT-{i:03}",
				"title": "Bench",
				"role": rng.choice(roles),
				"starts_at": start,
				"ends_at": start.replace(":00:00", ":59:00"),
				"places": PLACES,
				"taken": 0,
				"state": "Open",
			}
			for i, start in enumerate(starts)
		],
	)


def run(rounds: int = 3, volunteers: int = VOLUNTEERS, shifts: int = SHIFTS) -> dict:
	"""Seed, plan, compare, roll back. Returns the figures and prints them."""
	try:
		seed(random.Random(SEED), volunteers, shifts)
		planned, bare = [], []
		for _round in range(rounds):
			begun = time.perf_counter()
			plan = frappe.get_doc({"doctype": "Shift Plan", "from_date": FIRST, "to_date": LAST}).insert()
			proposal = roster.propose(FIRST, LAST)
			roster.write(plan, proposal)
			planned.append(time.perf_counter() - begun)
			begun = time.perf_counter()
			solution = roster_solver.solve(proposal.problem)
			bare.append(time.perf_counter() - begun)
		plain = roster_solver.Problem(**{**proposal.problem.__dict__, "clashes": [], "needs": []})
		ours = roster_solver.solve(plain)
		begun = time.perf_counter()
		peer = scipy_optimum(plain)
		figures = {
			"seed": SEED,
			"eligible pairs": len(proposal.problem.shift),
			"share of pairs eligible": round(len(proposal.problem.shift) / (volunteers * shifts), 3),
			"places filled": f"{len(solution.pairs)} of {shifts * PLACES}",
			"method": solution.method,
			"whole plan with database, s (median)": round(float(np.median(planned)), 2),
			"bare solver, s (median)": round(float(np.median(bare)), 2),
			"times the bare solver": round(float(np.median(planned) / np.median(bare)), 2),
			"limit": LIMIT,
			"without side rules: ours, SciPy's (places, cost)": ((len(ours.pairs), ours.cost), peer),
			"SciPy, s": round(time.perf_counter() - begun, 2),
		}
	finally:
		frappe.db.rollback()
	for name, value in figures.items():
		print(f"{name}: {value}")
	return figures
