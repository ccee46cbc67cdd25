"""Attendance of a lesson in under a minute, by whoever gives it."""

import frappe
from frappe import _

from lsm_crm.services.children import refuse

PRESENCES = ("Present", "Absent", "Sent Word")


def is_adult_of(lesson: str, user: str) -> bool:
	"""Whether the person is one of the adults who give the lesson."""
	return bool(
		user != "Guest"
		and frappe.db.exists("Lesson Adult", {"parent": lesson, "parenttype": "Lesson", "user": user})
		and frappe.db.get_value("User", user, "enabled")
	)


def hold(name: str, pupils: dict[str, str], adults: set[str], report: str) -> None:
	"""Write down who was there and that the lesson was held; two adults must have been, whoever says so."""
	lesson = frappe.get_doc("Lesson", name, for_update=True)
	if lesson.state == "Held":
		return
	if lesson.state != "Confirmed":
		refuse(_("The lesson must be confirmed first: two adults."))
	for row in lesson.attendance:
		row.presence = pupils.get(row.pupil) if pupils.get(row.pupil) in PRESENCES else None
	for row in lesson.adults:
		row.present = int(row.user in adults)
	lesson.report = (report or "").strip()[:500] or None
	lesson.state = "Held"
	lesson.flags.by_service = True
	lesson.save(ignore_permissions=True)
