"""Who can translate or interpret: active volunteers by their level, without anyone who is close to the case.

Direction counts for a text: who reads the one language well and writes the other. An interpreter speaks both, and is in one
place at a time.
"""

from datetime import datetime, timedelta

import frappe
from frappe.query_builder import DocType
from frappe.utils import get_datetime

from lsm_crm.services import conflicts

LEVELS = ("", "A Little", "Reasonable", "Good", "Mother Tongue")
LEAST = LEVELS.index("Reasonable")
LENGTH_MINUTES = 60  # where nobody wrote down how long it takes
SKILLS = {"Text": ("reading", "writing"), "Interpreting": ("interpreting", "interpreting")}


def for_request(request) -> list[dict]:
	"""[{"user", "name", "from_level", "to_level", "busy"}], best first and who is busy then last; only those with an account,
	since they read in the program."""
	reading, writing = SKILLS[request.kind]
	languages = _languages({request.from_language, request.to_language}, {reading, writing})
	found = []
	for volunteer, levels in languages.items():
		first = LEVELS.index(levels["skills"].get((request.from_language, reading), ""))
		second = LEVELS.index(levels["skills"].get((request.to_language, writing), ""))
		if min(first, second) < LEAST or _too_close(levels["user"], request):
			continue
		found.append(
			{
				"user": levels["user"],
				"volunteer": volunteer,
				"name": levels["full_name"],
				"from_level": LEVELS[first],
				"to_level": LEVELS[second],
				"busy": bool(clashes(levels["user"], request)),
				"points": min(first, second) * 10 + first + second,
			}
		)
	return sorted(found, key=lambda row: (row["busy"], -row["points"], row["name"]))


def clashes(user: str, request) -> list[str]:
	"""Names of what the person interprets or has an appointment for at the time of the request; a text takes no hour."""
	if request.kind != "Interpreting":
		return []
	starts = get_datetime(request.deadline)
	ends = starts + timedelta(minutes=request.minutes or LENGTH_MINUTES)
	return [*_interpreting(user, starts, ends, request.name), *_appointments(user, starts, ends)]


def _interpreting(user: str, starts: datetime, ends: datetime, without: str | None) -> list[str]:
	rows = frappe.get_all(
		"Translation Request",
		filters={
			"kind": "Interpreting",
			"translator": user,
			"status": ("in", ("Assigned", "In Progress")),
			"name": ("!=", without or ""),
			"deadline": ("between", [starts - timedelta(days=1), ends]),
		},
		fields=["name", "deadline", "minutes"],
	)
	return [
		row.name
		for row in rows
		if row.deadline < ends and row.deadline + timedelta(minutes=row.minutes or LENGTH_MINUTES) > starts
	]


def _appointments(user: str, starts: datetime, ends: datetime) -> list[str]:
	table = DocType("Client Appointment")
	rows = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.interpreter == user) | (table.worker == user))
		.where((table.status == "Planned") & (table.starts_on < ends) & (table.ends_on > starts))
	).run()
	return [name for (name,) in rows]


def _languages(codes: set[str], skills: set[str]) -> dict[str, dict]:
	person, row = DocType("Volunteer"), DocType("Volunteer Language")
	rows = (
		frappe.qb.from_(row)
		.join(person)
		.on((row.parent == person.name) & (row.parenttype == "Volunteer"))
		.select(person.name, person.user, person.full_name, row.language, *(row[skill] for skill in sorted(skills)))
		.where((person.workflow_state == "Active") & row.language.isin(codes) & person.user.notnull())
		.where(person.user != "")
	).run(as_dict=True)
	found: dict[str, dict] = {}
	for line in rows:
		entry = found.setdefault(line.name, {"user": line.user, "full_name": line.full_name, "skills": {}})
		for skill in skills:
			entry["skills"][(line.language, skill)] = line.get(skill) or ""
	return found


def _too_close(user: str, request) -> bool:
	if user == request.requester or not request.client:
		return False
	return any(one["certain"] for one in conflicts.find(user, request.client, _parties(request.case)))


def _parties(case: str | None) -> list:
	if not case:
		return []
	return frappe.get_all(
		"Case Party",
		filters={"parent": case, "parenttype": "Case"},
		fields=["party_name", "relation", "client", "volunteer", "phone"],
	)
