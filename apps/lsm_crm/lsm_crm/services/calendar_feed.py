"""The private calendar feed of a volunteer: an address that only they know and can renew. Only its hash is stored."""

import hashlib
import secrets
from datetime import timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import add_days, get_url, now_datetime

from lsm_crm.services.language import in_language

PAST_DAYS = 60


def renew(volunteer: str) -> str:
	"""Make a new address and return it; the earlier one stops working. It is shown once."""
	secret = secrets.token_urlsafe(32)
	frappe.db.set_value("Volunteer", volunteer, "calendar_hash", _hash(secret), update_modified=False)
	return get_url(f"/volunteer-calendar/{secret}.ics")


def of_secret(secret: str) -> bytes | None:
	"""The feed behind this address, or None."""
	row = frappe.db.get_value(
		"Volunteer", {"calendar_hash": _hash(secret)}, ["name", "workflow_state", "preferred_language"], as_dict=True
	)
	if not row or row.workflow_state not in ("Active", "Paused"):
		return None
	with in_language(row.preferred_language):
		return feed(row.name)


def feed(volunteer: str) -> bytes:
	"""The volunteer's own places as RFC 5545: what, when and where; nobody else's name."""
	from icalendar import Calendar, Event

	zone = ZoneInfo(frappe.utils.get_system_timezone())
	calendar = Calendar()
	calendar.add("prodid", "-//Leids Steunloket Migranten//Volunteers//EN")
	calendar.add("version", "2.0")
	calendar.add("x-wr-calname", _("My shifts with LSM"))
	calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
	places = frappe.get_all(
		"Shift Place",
		{
			"volunteer": volunteer,
			"state": ("in", ("Taken", "Offered", "Attended", "Absent", "Cancelled")),
			"starts_at": (">", add_days(now_datetime(), -PAST_DAYS)),
		},
		["name", "shift", "state", "modified"],
		order_by="starts_at",
		limit=0,
	)
	names = [place.shift for place in places]
	shifts = {
		s.name: s
		for s in frappe.get_all(
			"Volunteer Shift",
			{"name": ("in", names or [""])},
			["name", "title", "role", "venue", "starts_at", "ends_at", "note"],
			limit=0,
		)
	}
	for place in places:
		shift = shifts[place.shift]
		event = Event()
		event.add("uid", f"{place.name}@{frappe.local.site}")
		event.add("summary", f"{shift.title} ({_(shift.role)})")
		event.add("dtstart", shift.starts_at.replace(tzinfo=zone))
		event.add("dtend", shift.ends_at.replace(tzinfo=zone))
		event.add("dtstamp", place.modified.replace(tzinfo=zone).astimezone(ZoneInfo("UTC")))
		event.add("status", "CANCELLED" if place.state == "Cancelled" else "CONFIRMED")
		if shift.venue:
			event.add("location", shift.venue)
		if shift.note:
			event.add("description", shift.note)
		calendar.add_component(event)
	calendar.add_missing_timezones()
	return calendar.to_ical()


def _hash(secret: str) -> str:
	return hashlib.sha256(secret.encode()).hexdigest()
