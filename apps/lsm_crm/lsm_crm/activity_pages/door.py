"""At the door: who comes to an event, children who come to and leave Kidsoase, pupils and adults of a lesson."""

import frappe
from frappe import _
from frappe.utils import cint

from lsm_crm.activity_pages.forms import is_post, posted, require_role
from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR
from lsm_crm.services import kidsoase, lessons, registrations


def page(kind: str, name: str) -> tuple[str | None, dict | str]:
	"""Who may change the event or the day may work at its door."""
	if kind not in KINDS:
		raise frappe.DoesNotExistError(_("This page is not there."))
	doctype, act, show, template = KINDS[kind]
	if not frappe.db.exists(doctype, name):
		raise frappe.PermissionError
	if not (kind == "lesson" and lessons.is_adult_of(name, frappe.session.user)):
		require_role(ACTIVITY_LEAD, COORDINATOR)
		frappe.get_doc(doctype, name).check_permission("write")
	if is_post():
		act(name)
		return None, f"/door/{kind}/{name}"
	return template, {**show(name), "address": f"/door/{kind}/{name}"}


def _act_on_event(name: str) -> None:
	action, registration = posted("action"), posted("registration")
	if action == "check_in":
		if frappe.db.get_value("Event Registration", registration, "event") != name:
			raise frappe.PermissionError
		registrations.check_in(registration)
	elif action == "walk_in":
		doc = frappe.get_doc(
			{
				"doctype": "Event Registration",
				"event": name,
				"person_name": posted("person_name") or _("No name given"),
				"places": cint(posted("places")) or 1,
			}
		)
		doc.flags.at_the_door = True
		doc.insert()
	elif action == "count":
		event = frappe.get_doc("LSM Event", name)
		event.head_count = cint(posted("head_count"))
		event.save()


def _show_event(name: str) -> dict:
	event = frappe.get_doc("LSM Event", name)
	rows = frappe.get_list(
		"Event Registration",
		filters={"event": name, "status": ("in", ("Registered", "Offered", "Attended", "Waiting"))},
		fields=["name", "person_name", "places", "status"],
		order_by="person_name",
		limit=0,
	)
	return {"event": event, "rows": rows, "there": registrations.attended(name), "title": event.title}


def _act_on_day(name: str) -> None:
	child, adult = posted("child"), posted("adult")
	if posted("action") == "check_in":
		kidsoase.check_in(name, child, adult)
	elif posted("action") == "check_out":
		kidsoase.check_out(name, child, adult)


def _show_day(name: str) -> dict:
	day = frappe.get_doc("Kidsoase Day", name)
	facts = {
		row.name: row
		for row in frappe.get_all(
			"Kidsoase Child",
			filters={"name": ("in", [visit.child for visit in day.visits])},
			fields=["name", "allergies", "photo_consent", "guardian_phone"],
		)
	}
	visits = [
		{"row": visit, "child": facts.get(visit.child), "adults": kidsoase.adults_of(visit.child)}
		for visit in day.visits
	]
	return {"day": day, "visits": visits, "title": day.title}


def _act_on_lesson(name: str) -> None:
	lesson = frappe.get_doc("Lesson", name)
	pupils = {row.pupil: posted(f"pupil-{row.idx}") for row in lesson.attendance}
	adults = {row.user for row in lesson.adults if posted(f"adult-{row.idx}")}
	lessons.hold(name, pupils, adults, posted("report"))


def _show_lesson(name: str) -> dict:
	"""First names only: that is what a tutor needs."""
	lesson = frappe.get_doc("Lesson", name)
	adults = [(row, frappe.utils.get_fullname(row.user)) for row in lesson.adults]
	group = frappe.db.get_value("Tutoring Group", lesson.tutoring_group, "title")
	return {"lesson": lesson, "adults": adults, "title": group}


KINDS = {
	"event": ("LSM Event", _act_on_event, _show_event, "work/door_event.html"),
	"lesson": ("Lesson", _act_on_lesson, _show_lesson, "work/door_lesson.html"),
	"kidsoase": ("Kidsoase Day", _act_on_day, _show_day, "work/door_kidsoase.html"),
}
