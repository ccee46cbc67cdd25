"""One room, one use at a time, whatever kind of document takes it.

A DocType that takes rooms has the fields venue, room, starts_on and ends_on, stands in TAKERS and calls `hold_room`
from its validate.
"""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import format_datetime, format_time, get_datetime

from lsm_crm.exceptions import RoomTakenError


@dataclass(frozen=True)
class Taker:
	"""How a DocType says what takes the room, and in which states it does not."""

	title: str
	state: str
	free: tuple[str, ...] = ("Cancelled",)


TAKERS: dict[str, Taker] = {
	"LSM Event": Taker("title", "workflow_state"),
	"Senior Session": Taker("senior_activity", "state"),
	"Lesson": Taker("tutoring_group", "state"),
	"Kidsoase Day": Taker("title", "state"),
}


def hold_room(doc) -> None:
	"""Check times, fill in a venue's only room, and refuse a room that is taken already.

	The room's row is locked first and what is there is read with a lock, so that of two people who book
	at the same moment the second is refused.
	"""
	check_times(doc)
	_fill_room(doc)
	if not doc.room or doc.get(TAKERS[doc.doctype].state) in TAKERS[doc.doctype].free:
		return
	if not _changed(doc):
		return
	frappe.db.get_value("Venue Room", doc.room, "name", for_update=True)
	taken = uses(doc.room, get_datetime(doc.starts_on), get_datetime(doc.ends_on), without=doc, lock=True)
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
	"""What takes the room in that time: [{"doctype", "name", "title", "starts_on", "ends_on"}]. Touching ends do not count."""
	found = []
	for doctype, taker in TAKERS.items():
		table = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(table)
			.select(table.name, table[taker.title].as_("title"), table.starts_on, table.ends_on)
			.where((table.room == room) & (table.starts_on < ends) & (table.ends_on > starts))
			.where(table[taker.state].notin(taker.free))
			.orderby(table.starts_on)
		)
		if without is not None and without.doctype == doctype and without.name:
			query = query.where(table.name != without.name)
		if lock:
			query = query.for_update()
		found += [{"doctype": doctype, **row} for row in query.run(as_dict=True)]
	return found


def _fill_room(doc) -> None:
	if doc.room:
		venue = frappe.db.get_value("Venue Room", doc.room, "venue")
		if doc.venue and venue != doc.venue:
			frappe.throw(_("{0} is not a room of {1}.").format(doc.room, doc.venue), title=_("Room"))
		doc.venue = venue
		return
	if not doc.venue:
		return
	rooms = frappe.get_all("Venue Room", filters={"venue": doc.venue, "disabled": 0}, pluck="name", limit=2)
	if len(rooms) == 1:
		doc.room = rooms[0]
	elif rooms:
		frappe.throw(_("Choose a room of {0}.").format(doc.venue), title=_("Room"))


def _changed(doc) -> bool:
	before = doc.get_doc_before_save()
	if not before:
		return True
	was_free = before.get(TAKERS[doc.doctype].state) in TAKERS[doc.doctype].free
	return was_free or any(str(before.get(field)) != str(doc.get(field)) for field in ("room", "starts_on", "ends_on"))


def _sentence(use: dict) -> str:
	return _("{0}, {1} to {2}").format(
		_title(use), format_datetime(use["starts_on"], "EEE d MMM HH:mm"), format_time(use["ends_on"], "HH:mm")
	)


def _title(use: dict) -> str:
	# A group's or activity's own title says more than its number.
	if use["doctype"] == "Lesson":
		return frappe.db.get_value("Tutoring Group", use["title"], "title") or use["title"]
	if use["doctype"] == "Senior Session":
		return frappe.db.get_value("Senior Activity", use["title"], "title") or use["title"]
	return use["title"]
