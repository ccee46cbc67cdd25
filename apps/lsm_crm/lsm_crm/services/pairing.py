"""Which tutoring group suits a pupil, and who could ride together. Suggestions with reasons; people decide."""

import frappe
from frappe import _

POINTS = {"subject": 5, "language": 2, "school": 2, "area": 2, "travel": 1, "mode": 2}


def groups_for(pupil) -> list[dict]:
	"""[{"group", "title", "points", "reasons", "against"}], best first; groups without a wanted subject or a place left out."""
	wanted = {row.subject for row in pupil.subjects}
	groups = frappe.get_all(
		"Tutoring Group",
		filters={"active": 1, "subject": ("in", list(wanted) or [""])},
		fields=["name", "title", "subject", "school_type", "language", "area", "mode", "places"],
	)
	taken = _taken([group.name for group in groups])
	found = []
	for group in groups:
		if pupil.name in taken.get(group.name, ()) or (group.places and len(taken.get(group.name, ())) >= group.places):
			continue
		found.append(_judge(pupil, group))
	return sorted(found, key=lambda row: (-row["points"], row["title"]))


def _judge(pupil, group) -> dict:
	against: list[str] = []
	reasons, points = [_("Subject: {0}").format(_(group.subject))], POINTS["subject"]
	if group.language and group.language == pupil.language:
		points += POINTS["language"]
		reasons.append(_("The tutors speak the language at home."))
	if group.school_type:
		same = group.school_type == pupil.school_type
		points += POINTS["school"] if same else -POINTS["school"]
		(reasons if same else against).append(_("School: {0}").format(_(group.school_type)))
	if group.mode == "Online" or pupil.lesson_mode == "Online":
		fits = pupil.lesson_mode in (group.mode, "Either")
		points += POINTS["mode"] if fits else -POINTS["mode"]
		(reasons if fits else against).append(_("Lessons: {0}").format(_(group.mode)))
	if group.mode == "In Person" and group.area and pupil.area:
		points += _travel(pupil, group, reasons, against)
	return {"group": group.name, "title": group.title, "points": points, "reasons": reasons, "against": against}


def _travel(pupil, group, reasons: list, against: list) -> int:
	reachable = {line.strip().lower() for line in (pupil.can_travel_to or "").splitlines() if line.strip()}
	if group.area == pupil.area:
		reasons.append(_("In the own part of town."))
		return POINTS["area"]
	if group.area.lower() in reachable:
		reasons.append(_("Can travel there."))
		return POINTS["travel"]
	against.append(_("Far: {0}").format(group.area))
	return -POINTS["area"]


def _taken(groups: list[str]) -> dict[str, set[str]]:
	taken: dict[str, set[str]] = {}
	for row in frappe.get_all(
		"Tutoring Group Pupil",
		filters={"parent": ("in", groups), "parenttype": "Tutoring Group"},
		fields=["parent", "pupil"],
	):
		taken.setdefault(row.parent, set()).add(row.pupil)
	return taken


def rides_for(pupil) -> list[dict]:
	"""Active pupils of the same part of town whose family offers what this one asks, or the reverse."""
	opposite = {"Asks for a Ride": "Offers a Ride", "Offers a Ride": "Asks for a Ride"}.get(pupil.ride_sharing or "")
	if not opposite or not pupil.area:
		return []
	return frappe.get_all(
		"Pupil",
		filters={"status": "Active", "area": pupil.area, "ride_sharing": opposite, "name": ("!=", pupil.name)},
		fields=["name", "first_name", "area"],
		order_by="name",
		limit=20,
	)
