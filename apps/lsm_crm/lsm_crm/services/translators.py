"""Who can translate or interpret: active volunteers by their level, without anyone who is close to the case."""

import frappe
from frappe.query_builder import DocType

from lsm_crm.services import conflicts

LEVELS = ("", "A Little", "Reasonable", "Good", "Mother Tongue")
LEAST = LEVELS.index("Reasonable")
SKILLS = {"Text": ("reading", "writing"), "Interpreting": ("interpreting", "interpreting")}


def for_request(request) -> list[dict]:
	"""[{"user", "name", "from_level", "to_level"}], best first; only those with an account, since they read in the program."""
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
				"points": min(first, second) * 10 + first + second,
			}
		)
	return sorted(found, key=lambda row: (-row["points"], row["name"]))


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
