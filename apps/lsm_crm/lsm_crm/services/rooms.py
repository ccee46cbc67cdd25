"""One room, one use at a time, whatever kind of document takes it.

A DocType that takes rooms has a field room, stands in TAKERS and calls `hold_room` from its validate; one that may take a
room beside its own purpose, a shift or an appointment, calls `hold_chosen_room`.
"""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import format_datetime, format_time, get_datetime

from lsm_crm.exceptions import RoomTakenError


@dataclass(frozen=True)
class Taker:
	"""How a DocType says what takes the room and when, and in which states it does not.

	Several of a kind that `shares` may be in one room, such as the shifts of one walk-in hour. What is `nameless` is
	told to others without its title.
	"""

	title: str
	state: str
	free: tuple[str, ...] = ("Cancelled",)
	starts: str = "starts_on"
	ends: str = "ends_on"
	shares: bool = False
	nameless: bool = False


TAKERS: dict[str, Taker] = {
	"LSM Event": Taker("title", "workflow_state"),
	"Senior Session": Taker("senior_activity", "state"),
	"Lesson": Taker("tutoring_group", "state"),
	"Kidsoase Day": Taker("title", "state"),
	"Volunteer Shift": Taker("title", "state", starts="starts_at", ends="ends_at", shares=True),
	"Client Appointment": Taker("name", "status", free=("Cancelled", "Missed"), nameless=True),
}


def hold_room(doc) -> None:
	"""Check times, fill in a venue's only room, and refuse a room that is taken already."""
	check_times(doc)
	_fill_room(doc)
	hold_chosen_room(doc)


def hold_chosen_room(doc) -> None:
	"""Refuse a room that is taken already.

	The room's row is locked first and what is there is read with a lock, so that of two people who book
	at the same moment the second is refused.
	"""
	taker = TAKERS[doc.doctype]
	_check_house(doc)
	if not doc.room or doc.get(taker.state) in taker.free or not _changed(doc):
		return
	frappe.db.get_value("Venue Room", doc.room, "name", for_update=True)
	starts, ends = get_datetime(doc.get(taker.starts)), get_datetime(doc.get(taker.ends))
	taken = uses(doc.room, starts, ends, without=doc, lock=True)
	if taken:
		frappe.throw(
			_("{0} is taken: {1}.").format(doc.room, "; ".join(_sentence(use) for use in taken)),
			title=_("Room is taken"),
			exc=RoomTakenError,
		)


def check_times(doc) -> None:
	"""The end must lie after the beginning and within a day of it."""
	starts, ends = get_datetime(doc.starts_on), get_datetime(doc.ends_on)
	if ends <= starts:
		frappe.throw(_("It ends before it begins."), title=_("Time"))
	if (ends - starts).total_seconds() > 24 * 3600:
		frappe.throw(_("It takes longer than a day. Check the dates."), title=_("Time"))


def uses(room: str, starts: datetime, ends: datetime, without=None, lock: bool = False) -> list[dict]:
	"""What takes the room in that time: [{"doctype", "name", "title", "starts_on", "ends_on"}]. Touching ends do not count.

	`without` is the document that asks: neither it nor what belongs to it counts.
	"""
	found = []
	for doctype, taker in TAKERS.items():
		table = frappe.qb.DocType(doctype)
		if without is not None and without.doctype == doctype and taker.shares:
			continue
		query = (
			frappe.qb.from_(table)
			.select(
				table.name,
				table[taker.title].as_("title"),
				table[taker.starts].as_("starts_on"),
				table[taker.ends].as_("ends_on"),
			)
			.where((table.room == room) & (table[taker.starts] < ends) & (table[taker.ends] > starts))
			.where(table[taker.state].notin(taker.free))
			.orderby(table[taker.starts])
		)
		if without is not None and without.doctype == doctype and without.name:
			query = query.where(table.name != without.name)
		if lock:
			query = query.for_update()
		found += [{"doctype": doctype, **row} for row in query.run(as_dict=True)]
	return [use for use in found if without is None or not _belongs(use, without)]


def _belongs(use: dict, doc) -> bool:
	"""Whether one is the shift of the other: who helps at an event stands in its room."""
	if doc.doctype == "Volunteer Shift":
		return (doc.reference_doctype, doc.reference_name) == (use["doctype"], use["name"])
	if use["doctype"] == "Volunteer Shift" and doc.name:
		fields = ["reference_doctype", "reference_name"]
		return frappe.db.get_value("Volunteer Shift", use["name"], fields) == (doc.doctype, doc.name)
	return False


def _fill_room(doc) -> None:
	if doc.room:
		doc.venue = doc.venue or frappe.db.get_value("Venue Room", doc.room, "venue")
		return
	if not doc.venue:
		return
	rooms = frappe.get_all("Venue Room", filters={"venue": doc.venue, "disabled": 0}, pluck="name", limit=2)
	if len(rooms) == 1:
		doc.room = rooms[0]
	elif rooms:
		frappe.throw(_("Choose a room of {0}.").format(doc.venue), title=_("Room"))


def _check_house(doc) -> None:
	venue = doc.get("venue")
	if doc.room and venue and frappe.db.get_value("Venue Room", doc.room, "venue") != venue:
		frappe.throw(_("{0} is not a room of {1}.").format(doc.room, venue), title=_("Room"))


def _changed(doc) -> bool:
	before, taker = doc.get_doc_before_save(), TAKERS[doc.doctype]
	if not before:
		return True
	was_free = before.get(taker.state) in taker.free
	return was_free or any(
		str(before.get(field)) != str(doc.get(field)) for field in ("room", taker.starts, taker.ends)
	)


def _sentence(use: dict) -> str:
	return _("{0}, {1} to {2}").format(
		_title(use), format_datetime(use["starts_on"], "EEE d MMM HH:mm"), format_time(use["ends_on"], "HH:mm")
	)


def _title(use: dict) -> str:
	if TAKERS[use["doctype"]].nameless:
		return _(use["doctype"])
	# A group's or activity's own title says more than its number.
	if use["doctype"] == "Lesson":
		return frappe.db.get_value("Tutoring Group", use["title"], "title") or use["title"]
	if use["doctype"] == "Senior Session":
		return frappe.db.get_value("Senior Activity", use["title"], "title") or use["title"]
	return use["title"]
