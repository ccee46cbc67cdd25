"""Shifts from rules: weekly, monthly, every 2nd and 4th Friday; public holidays left out."""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_time, getdate, today

from lsm_crm.exceptions import RoomTakenError
from lsm_crm.services import recurrence


def rule_of(doc) -> recurrence.Rule:
	"""The calendar part of a Shift Rule; raises RecurrenceError when it cannot be followed."""
	return recurrence.Rule(
		frequency=doc.frequency,
		starts_on=getdate(doc.starts_on),
		ends_on=getdate(doc.ends_on) if doc.ends_on else None,
		interval=cint(doc.every),
		weekdays=tuple(word.strip().capitalize() for word in (doc.weekdays or "").split(",") if word.strip()),
		positions=recurrence.positions_from_text(doc.positions),
		month_days=recurrence.positions_from_text(doc.month_days),
		skip_holidays=bool(doc.skip_holidays),
		skipped=frozenset(getdate(line) for line in (doc.skipped_days or "").split()),
	)


def make_shifts(rule_name: str, until: str | None = None) -> list[str]:
	"""Make the shifts of one rule that are not there yet, from today on; safe to run again and at the same time."""
	frappe.db.get_value("Shift Rule", rule_name, "name", for_update=True)
	doc = frappe.get_doc("Shift Rule", rule_name)
	if doc.disabled:
		return []
	weeks = cint(frappe.db.get_single_value("Volunteer Settings", "make_shifts_weeks")) or 8
	last = getdate(until or add_days(today(), 7 * weeks))
	have = set(frappe.get_all("Volunteer Shift", {"shift_rule": rule_name}, pluck="rule_day"))
	made = [_make(doc, day) for day in recurrence.dates(rule_of(doc), getdate(), last) if day not in have]
	frappe.db.set_value("Shift Rule", rule_name, "made_until", last, update_modified=False)
	return made


def make_all() -> int:
	"""For the night: shifts of every rule; one that fails is logged and does not stop the others."""
	made = 0
	for name in frappe.get_all("Shift Rule", {"disabled": 0}, pluck="name"):
		frappe.db.savepoint("shift_rule")
		try:
			made += len(make_shifts(name))
		except Exception:
			frappe.db.rollback(save_point="shift_rule")
			frappe.log_error(title=_("Shifts of the rule {0} could not be made").format(name))
	return made


def times_on(doc, day) -> tuple[datetime, datetime]:
	"""Begin and end on that day; an end before the start lies on the next day."""
	begins = datetime.combine(day, get_time(doc.start_time))
	ends = datetime.combine(day, get_time(doc.end_time))
	return begins, ends if ends > begins else ends + timedelta(days=1)


def _make(doc, day) -> str:
	begins, ends = times_on(doc, day)
	values = {
		"doctype": "Volunteer Shift",
		"title": doc.title,
		"role": doc.role,
		"venue": doc.venue,
		"room": doc.room,
		"lead": doc.lead,
		"starts_at": begins,
		"ends_at": ends,
		"places": doc.places,
		"shift_rule": doc.name,
		"rule_day": day,
		"languages": [
			{"language": n.language, "skill": n.skill, "level": n.level, "people": n.people} for n in doc.languages
		],
	}
	frappe.db.savepoint("shift_room")
	try:
		return frappe.get_doc(values).insert(ignore_permissions=True).name
	except RoomTakenError as error:
		# the volunteers are needed all the same: who plans reads in the shift that it has no room yet
		frappe.db.rollback(save_point="shift_room")
		frappe.clear_last_message()
		values |= {"room": None, "note": str(error)}
		return frappe.get_doc(values).insert(ignore_permissions=True).name
