"""Places at an event: who has one, who waits, and who is offered the next.

Every change of places locks the event's row first and counts with a lock, so that the last place is given once. The line is
kept strictly: while somebody waits, a newcomer waits too, and a larger group at the head is not passed over.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import add_days, format_datetime, get_datetime, now_datetime
from pypika.functions import Sum

from lsm_crm.exceptions import NoPlaceError
from lsm_crm.services import expiring_links, notices
from lsm_crm.services.language import language_name

HOLDS_PLACE = ("Registered", "Offered", "Attended")
OFFER_HOURS = 24
EVENT_FIELDS = ("name", "title", "workflow_state", "capacity", "registration", "waiting_list", "starts_on", "ends_on")


def place_newcomer(registration) -> None:
	"""Give a new registration its place or its turn in line; refuse it with a sentence."""
	event = _hold(registration.event)
	at_the_door = registration.source == "At the Door"
	_check_open(event, at_the_door)
	free = _free(event)
	if free is None or (registration.places <= free and (at_the_door or not _waiting(event.name))):
		registration.status = "Attended" if at_the_door else "Registered"
		registration.checked_in_on = now_datetime() if at_the_door else None
		return
	if at_the_door or not event.waiting_list:
		_refuse(_("There are {0} places left for {1}.").format(max(free, 0), event.title))
	registration.status = "Waiting"
	registration.waiting_since = now_datetime()


def tell_registered(registration) -> None:
	"""Write at once whether there is a place, with the link to cancel and to show at the door."""
	if registration.source not in ("Web Form", "Phone", "Desk") or registration.status not in ("Registered", "Waiting"):
		return
	event = frappe.db.get_value("LSM Event", registration.event, EVENT_FIELDS, as_dict=True)
	sentence = {
		"Registered": lambda: _("You have {0} places. Show this page at the door if you like.").format(
			registration.places
		),
		"Waiting": lambda: _("It is full. You are on the waiting list, and we write to you when there is a place."),
	}[registration.status]
	notices.tell(
		registration.email,
		registration.language,
		lambda: (event.title, [format_datetime(event.starts_on, "EEE d MMM HH:mm"), sentence()]),
		about=registration,
		link=("My registration", expiring_links.address("registration", registration.name, last_day=event.starts_on)),
	)


def cancel(name: str) -> None:
	"""Give the place back; the first in line is offered it. Doing it twice changes nothing."""
	doc = _registration(name)
	if doc.status in ("Cancelled", "No-show", "Attended"):
		return
	_set(doc, status="Cancelled", cancelled_on=now_datetime())
	offer_free_places(doc.event)


def accept(name: str) -> None:
	"""The person confirms the place that was offered, in time."""
	doc = _registration(name)
	if doc.status == "Registered":
		return
	if doc.status != "Offered" or get_datetime(doc.offer_ends_on) < now_datetime():
		_refuse(_("This place is no longer offered to you."))
	_set(doc, status="Registered")


def check_in(name: str) -> None:
	"""The person is there."""
	doc = _registration(name)
	state = frappe.db.get_value("LSM Event", doc.event, "workflow_state")
	if state != "Running":
		_refuse(_("Open the doors of the event first."))
	if doc.status == "Attended":
		return
	if doc.status not in ("Registered", "Offered"):
		_refuse(_("This registration has no place: {0}.").format(_(doc.status)))
	_set(doc, status="Attended", checked_in_on=now_datetime())


def offer_free_places(event_name: str) -> list[str]:
	"""Offer free places to the head of the line, one registration after the other; return whom."""
	event = _hold(event_name)
	offered: list[str] = []
	if event.workflow_state != "Published":
		return offered
	free = _free(event)
	for row in _waiting(event_name):
		if free is not None and row.places > free:
			break
		doc = frappe.get_doc("Event Registration", row.name)
		now = now_datetime()
		_set(doc, status="Offered", offered_on=now, offer_ends_on=_offer_end(event, now))
		_tell_offer(doc, event)
		free = None if free is None else free - row.places
		offered.append(row.name)
	count_places(event_name)
	return offered


def end_old_offers() -> None:
	"""Scheduler: an offer that nobody took goes to the next in line."""
	late = frappe.get_all(
		"Event Registration",
		filters={"status": "Offered", "offer_ends_on": ("<", now_datetime())},
		fields=["name", "event"],
		order_by="event",
		limit=500,
	)
	for row in late:
		doc = _registration(row.name)
		if doc.status == "Offered" and get_datetime(doc.offer_ends_on) < now_datetime():
			_set(doc, status="Cancelled", cancelled_on=now_datetime())
			offer_free_places(doc.event)


def interpreters_needed(event) -> list[dict]:
	"""[{"language", "label", "people", "covered"}]: what is to be interpreted or visitors asked for, and whether someone does it."""
	table = frappe.qb.DocType("Event Registration")
	wanted = dict(
		frappe.qb.from_(table)
		.select(table.language, Sum(table.places))
		.where((table.event == event.name) & (table.interpreter_wanted == 1))
		.where(table.status.isin((*HOLDS_PLACE, "Waiting")) & table.language.notnull())
		.groupby(table.language)
		.run()
	)
	spoken = {row.language for row in event.languages if row.how == "Spoken"}
	announced = {row.language for row in event.languages if row.how == "Interpreted"}
	interpreted = {row.language for row in event.team if row.task == "Interpreter"}
	return [
		{
			"language": language,
			"label": language_name(language),
			"people": int(wanted.get(language) or 0),
			"covered": language in interpreted,
		}
		for language in sorted((announced | set(wanted)) - spoken)
	]


def attended(event_name: str) -> int:
	"""People who were checked in."""
	return _sum(event_name, ("Attended",))


def close(event) -> None:
	"""After the event: who had a place and did not come is a no-show; who waited is out of the line."""
	table = frappe.qb.DocType("Event Registration")
	for old, new in (("Registered", "No-show"), ("Offered", "Cancelled"), ("Waiting", "Cancelled")):
		frappe.qb.update(table).set(table.status, new).where((table.event == event.name) & (table.status == old)).run()


def tell_cancelled(event) -> None:
	"""Tell everyone who has a place or waits for one, once."""
	if event.told_on:
		return
	going = frappe.get_all(
		"Event Registration",
		filters={"event": event.name, "status": ("in", ("Registered", "Offered", "Waiting"))},
		fields=["name", "email", "language"],
	)
	notices.tell_cancelled(
		going,
		event,
		lambda: _("{0} on {1} does not take place.").format(event.title, format_datetime(event.starts_on)),
	)
	table = frappe.qb.DocType("Event Registration")
	frappe.qb.update(table).set(table.status, "Cancelled").set(table.cancelled_on, now_datetime()).where(
		(table.event == event.name) & table.status.isin(("Registered", "Offered", "Waiting"))
	).run()
	event.db_set({"told_on": now_datetime(), "places_taken": 0}, update_modified=False)


def remind() -> None:
	"""Scheduler: remind who has a place the day before, once, with the link to cancel."""
	now = now_datetime()
	events = frappe.get_all(
		"LSM Event",
		filters={"workflow_state": "Published", "starts_on": ("between", [now, now + timedelta(hours=36)])},
		fields=["name", "title", "starts_on", "venue", "place_note"],
	)
	for event in events:
		for row in frappe.get_all(
			"Event Registration",
			filters={"event": event.name, "status": "Registered", "reminded_on": ("is", "not set")},
			fields=["name", "email", "language"],
		):
			_remind(event, row, now)


def _remind(event, row, now) -> None:
	place = event.venue or event.place_note or ""
	notices.tell(
		row.email,
		row.language,
		lambda: (
			_("Tomorrow: {0}").format(event.title),
			[
				_("{0}, {1}, {2}").format(event.title, format_datetime(event.starts_on, "EEE d MMM HH:mm"), place),
				_("If you cannot come, please give your place to someone else."),
			],
		),
		about=frappe._dict(doctype="Event Registration", name=row.name),
		link=("Cancel my registration", expiring_links.address("registration", row.name, last_day=event.starts_on)),
	)
	frappe.db.set_value("Event Registration", row.name, "reminded_on", now, update_modified=False)


def forget_allergies() -> None:
	"""Scheduler: health data of visitors is kept for the meal alone; erased a month after the event."""
	table, event = frappe.qb.DocType("Event Registration"), frappe.qb.DocType("LSM Event")
	past = frappe.qb.from_(event).select(event.name).where(event.ends_on < add_days(now_datetime(), -30))
	frappe.qb.update(table).set(table.allergies, None).where(table.event.isin(past) & table.allergies.notnull()).run()


def count_places(event_name: str) -> None:
	frappe.db.set_value("LSM Event", event_name, "places_taken", _sum(event_name, HOLDS_PLACE), update_modified=False)


def _hold(event_name: str):
	event = frappe.db.get_value("LSM Event", event_name, EVENT_FIELDS, as_dict=True, for_update=True)
	if not event:
		_refuse(_("There is no such event."))
	return event


def _check_open(event, at_the_door: bool) -> None:
	if event.workflow_state == "Cancelled":
		_refuse(_("{0} is cancelled.").format(event.title))
	if event.workflow_state not in (("Published", "Running") if at_the_door else ("Published",)):
		_refuse(_("One cannot sign up for {0} now.").format(event.title))
	if event.registration == "Closed" and not at_the_door:
		_refuse(_("Signing up for {0} is closed.").format(event.title))
	if get_datetime(event.ends_on) < now_datetime():
		_refuse(_("{0} is over.").format(event.title))


def _free(event) -> int | None:
	"""Places left, or None where there is no limit."""
	return event.capacity - _sum(event.name, HOLDS_PLACE) if event.capacity else None


def _sum(event_name: str, states: tuple[str, ...]) -> int:
	table = frappe.qb.DocType("Event Registration")
	rows = (
		frappe.qb.from_(table)
		.select(Sum(table.places))
		.where((table.event == event_name) & table.status.isin(states))
		.for_update()
	).run()
	return int(rows[0][0] or 0)


def _waiting(event_name: str) -> list:
	table = frappe.qb.DocType("Event Registration")
	return (
		frappe.qb.from_(table)
		.select(table.name, table.places)
		.where((table.event == event_name) & (table.status == "Waiting"))
		.orderby(table.waiting_since, table.name)
		.for_update()
	).run(as_dict=True)


def _registration(name: str):
	"""The registration as stored now. The event is locked first, as everywhere, so that two people never wait for each other."""
	event = frappe.db.get_value("Event Registration", name, "event")
	if not event:
		_refuse(_("There is no such registration."))
	_hold(event)
	return frappe.get_doc("Event Registration", name, for_update=True)


def _set(doc, **values) -> None:
	doc.update(values)
	doc.flags.by_service = True
	doc.save(ignore_permissions=True)


def _offer_end(event, now):
	left = (get_datetime(event.starts_on) - now) / 2
	return now + max(min(timedelta(hours=OFFER_HOURS), left), timedelta(minutes=15))


def _tell_offer(doc, event) -> None:
	ends = format_datetime(doc.offer_ends_on, "EEE d MMM HH:mm")
	notices.tell(
		doc.email,
		doc.language,
		lambda: (
			_("A place is free: {0}").format(event.title),
			[_("A place is free for you. Confirm it before {0}, or it goes to the next.").format(ends)],
		),
		about=doc,
		link=("Confirm my place", expiring_links.address("registration", doc.name, last_day=event.starts_on)),
	)


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, title=_("No place"), exc=NoPlaceError)
