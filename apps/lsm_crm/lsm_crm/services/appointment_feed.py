"""A calendar of one's own appointments for a phone: an address that nobody can guess and that a new one replaces.

The feed leaves the building, so it says what, when and where, and the client's number at most: no name.
"""

import hashlib
import secrets

import frappe
from frappe import _
from frappe.utils import add_days, get_url, now_datetime, nowdate
from icalendar import Calendar, Event

ADDRESS = "/appointments"
PAST_DAYS, COMING_DAYS = 30, 365
MOST = 500


def new_address(user: str) -> str:
	"""Make the user's address anew; the former one stops working."""
	secret = secrets.token_urlsafe(32)
	if frappe.db.exists("Appointment Feed", user):
		feed = frappe.get_doc("Appointment Feed", user)
	else:
		feed = frappe.get_doc({"doctype": "Appointment Feed", "user": user})
	feed.update({"feed_hash": _hash(secret), "made_on": now_datetime()})
	feed.save(ignore_permissions=True)
	return get_url(f"{ADDRESS}/{secret}.ics")


def user_of(secret: str) -> str | None:
	"""Whose feed it is; None for an unknown address and for an account that is closed."""
	user = frappe.db.get_value("Appointment Feed", {"feed_hash": _hash(secret)}, "user") if len(secret) > 20 else None
	return user if user and frappe.db.get_value("User", user, "enabled") else None


def as_ical(user: str) -> str:
	"""The user's appointments as worker or interpreter."""
	table = frappe.qb.DocType("Client Appointment")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.subject, table.starts_on, table.ends_on, table.location, table.status, table.modified)
		.where((table.worker == user) | (table.interpreter == user))
		.where(
			(table.starts_on >= add_days(nowdate(), -PAST_DAYS)) & (table.starts_on <= add_days(nowdate(), COMING_DAYS))
		)
		.orderby(table.starts_on)
		.limit(MOST)
		.run(as_dict=True)
	)
	calendar = Calendar()
	calendar.add("prodid", "-//Leids Steunloket Migranten//LSM CRM//NL")
	calendar.add("version", "2.0")
	for row in rows:
		calendar.add_component(_event(row))
	return calendar.to_ical().decode()


def _event(row: dict) -> Event:
	from zoneinfo import ZoneInfo

	zone = ZoneInfo(frappe.utils.get_system_timezone())
	event = Event()
	event.add("uid", f"{row['name']}@{frappe.local.site}")
	event.add("summary", f"{row['subject']} ({row['name']})")
	event.add("dtstamp", row["modified"].replace(tzinfo=zone))
	event.add("dtstart", row["starts_on"].replace(tzinfo=zone))
	event.add("dtend", row["ends_on"].replace(tzinfo=zone))
	if row["location"]:
		event.add("location", row["location"])
	if row["status"] == "Cancelled":
		event.add("status", "CANCELLED")
		event["summary"] = f"{_('Cancelled')}: {row['subject']}"
	return event


def _hash(secret: str) -> str:
	return hashlib.sha256(secret.encode()).hexdigest()
