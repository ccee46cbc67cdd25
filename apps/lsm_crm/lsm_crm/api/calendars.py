"""Calendars of the desk: plain fields of what the reader may see, and moves that say which version they were made from."""

import frappe
from frappe import _
from frappe.utils import add_to_date, get_datetime

from lsm_crm.api.arguments import as_list, as_moment
from lsm_crm.services.calendars import CALENDARS, events_of
from lsm_crm.services.editing import is_version


@frappe.whitelist(methods=["GET", "POST"])
def get_events(doctype: str, start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""Events of one kind between two moments, as the reader's own rights give them."""
	if doctype not in CALENDARS:
		frappe.throw(_("There is no calendar of these."), frappe.PermissionError)
	frappe.has_permission(doctype, "read", throw=True)
	between = [as_moment(day) for day in (start, end)]
	return events_of(CALENDARS[doctype], *between, as_list(filters or []))


@frappe.whitelist(methods=["POST"])
def move(doctype: str, name: str, start: str, end: str | None, modified: str) -> dict:
	"""Put an event at another time, on the version that the person saw; return the new version."""
	calendar = CALENDARS.get(doctype)
	if not calendar or calendar.by_day:
		frappe.throw(_("These are not moved in the calendar."), frappe.PermissionError)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("write")
	if not is_version(modified, doc.modified):
		frappe.throw(
			_("{0} was changed after you opened it. Reload the calendar and do it again.").format(doc.name),
			title=_("Changed by somebody else"),
			exc=frappe.TimestampMismatchError,
		)
	length = (
		get_datetime(doc.get(calendar.end)) - get_datetime(doc.get(calendar.start)) if doc.get(calendar.end) else None
	)
	doc.set(calendar.start, as_moment(start))
	if end:
		doc.set(calendar.end, as_moment(end))
	elif length:
		doc.set(calendar.end, add_to_date(as_moment(start), seconds=length.total_seconds(), as_datetime=True))
	doc.save()
	return {"modified": str(doc.modified)}
