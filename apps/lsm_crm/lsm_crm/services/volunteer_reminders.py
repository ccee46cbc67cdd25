"""What volunteers and their coordinator are told by the clock: coming shifts, expiring screening, anniversaries.

Each is told once: the day it was told is written before the mail is queued, in the same transaction. One record that
fails is logged and does not stop the others.
"""

from collections.abc import Callable, Iterable

import frappe
from frappe import _
from frappe.utils import add_days, add_to_date, cint, date_diff, format_date, getdate, now_datetime, today

from lsm_crm.constants import VOLUNTEER_COORDINATOR
from lsm_crm.services import shift_places, volunteer_mail


def remind_of_shifts() -> int:
	"""Mail everyone whose shift begins within the hours of the settings."""
	hours = cint(frappe.db.get_single_value("Volunteer Settings", "reminder_hours")) or 48
	places = frappe.get_all(
		"Shift Place",
		{
			"state": ("in", ("Taken", "Offered")),
			"reminded_on": ("is", "not set"),
			"starts_at": ("between", (now_datetime(), add_to_date(now_datetime(), hours=hours))),
		},
		["name", "volunteer", "shift"],
		limit=0,
	)
	return _each(places, "Shift Place", _remind_of_shift)


def _remind_of_shift(place) -> None:
	frappe.db.set_value("Shift Place", place.name, "reminded_on", now_datetime(), update_modified=False)
	shift_places.tell(place.volunteer, frappe.get_doc("Volunteer Shift", place.shift), "shift_reminder")


def remind_of_screening() -> int:
	"""Tell volunteers in time what must be renewed, as many days ahead as the needs of their roles say."""
	longest = cint(frappe.db.sql("select max(remind_days) from `tabVolunteer Role Need`")[0][0])
	items = frappe.get_all(
		"Screening Item",
		{
			"result": "Approved",
			"reminded_on": ("is", "not set"),
			"valid_until": ("between", (today(), add_days(today(), longest))),
		},
		["name", "volunteer", "requirement", "valid_until"],
		limit=0,
	)
	return _each(items, "Screening Item", _remind_of_item)


def _remind_of_item(item) -> None:
	roles = frappe.get_all("Volunteer Role Choice", {"parent": item.volunteer, "state": "Accepted"}, pluck="role")
	days = frappe.get_all(
		"Volunteer Role Need",
		{"parent": ("in", roles or [""]), "requirement": item.requirement},
		pluck="remind_days",
	)
	if not days or date_diff(item.valid_until, today()) > max(days):
		return
	frappe.db.set_value("Screening Item", item.name, "reminded_on", today(), update_modified=False)
	volunteer_mail.send(
		item.volunteer,
		"screening_expires",
		requirement=lambda: _(item.requirement),
		until=lambda: format_date(item.valid_until),
	)


def tell_of_expiry() -> int:
	"""Tell the coordinators what has expired and which coming shifts it touches."""
	items = frappe.get_all(
		"Screening Item",
		{"result": "Approved", "expiry_told_on": ("is", "not set"), "valid_until": ("<", today())},
		["name", "volunteer", "volunteer_name", "requirement"],
		limit=0,
	)
	return _each(items, "Screening Item", _tell_of_item)


def _tell_of_item(item) -> None:
	frappe.db.set_value("Screening Item", item.name, "expiry_told_on", today(), update_modified=False)
	if frappe.db.get_value("Volunteer", item.volunteer, "workflow_state") not in ("Active", "Paused"):
		return
	coming = frappe.db.count(
		"Shift Place",
		{"volunteer": item.volunteer, "state": ("in", ("Taken", "Offered")), "starts_at": (">", now_datetime())},
	)
	for user in coordinators():
		notify(
			user,
			_("{0} of {1} is no longer valid; coming shifts: {2}").format(
				_(item.requirement), item.volunteer_name, coming
			),
			"Screening Item",
			item.name,
		)


def thank_at_anniversaries() -> int:
	"""Thank everyone who became active on this day in an earlier year."""
	day = getdate(today())
	people = frappe.get_all(
		"Volunteer",
		{"workflow_state": "Active", "active_since": ("<", today())},
		["name", "active_since", "last_thanked_on"],
		limit=0,
	)
	due = [p for p in people if is_anniversary(p.active_since, day) and p.last_thanked_on != day]
	return _each(due, "Volunteer", _thank)


def is_anniversary(since, day) -> bool:
	"""Whole years since that day; who began on 29 February is thanked on the 28th in other years."""
	if since.year == day.year:
		return False
	if (since.month, since.day) == (2, 29) and (day.month, day.day) == (2, 28):
		return (day.year % 4, day.year % 100 == 0 and day.year % 400 != 0) != (0, False)
	return (since.month, since.day) == (day.month, day.day)


def _thank(person) -> None:
	frappe.db.set_value("Volunteer", person.name, "last_thanked_on", today(), update_modified=False)
	volunteer_mail.send(person.name, "anniversary", years=getdate(today()).year - person.active_since.year)


def coordinators() -> list[str]:
	"""Enabled users with the coordinator's role."""
	users = frappe.get_all("Has Role", {"role": VOLUNTEER_COORDINATOR, "parenttype": "User"}, pluck="parent")
	return frappe.get_all("User", {"name": ("in", users or [""]), "enabled": 1}, pluck="name")


def notify(user: str, subject: str, doctype: str, name: str) -> None:
	"""A line under the bell in the desk; no mail, as it names a person."""
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"type": "Alert",
			"subject": subject,
			"document_type": doctype,
			"document_name": name,
		}
	).insert(ignore_permissions=True)


def _each(rows: Iterable, doctype: str, act: Callable) -> int:
	done = 0
	for row in rows:
		frappe.db.savepoint("reminder")
		try:
			act(row)
			done += 1
		except Exception:
			frappe.db.rollback(save_point="reminder")
			frappe.log_error(title=f"{act.__name__}: {doctype} {row.name}")
	return done
