"""What visitors thought, without their name: one answer for each registration, and nothing that links the two."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt
from pypika.functions import Avg

from lsm_crm.services import expiring_links, notices
from lsm_crm.services.encryption import fingerprint

DAYS_TO_ANSWER = 21


def ask(event) -> None:
	"""After the event: ask everyone who was there and left an address."""
	for row in frappe.get_all(
		"Event Registration",
		filters={"event": event.name, "status": "Attended"},
		fields=["name", "email", "language"],
	):
		notices.tell(
			row.email,
			row.language,
			lambda: (
				_("How was {0}?").format(event.title),
				[_("Give a mark and, if you like, a word. We do not see who wrote it.")],
			),
			about=event,
			link=(
				"Say what you think",
				expiring_links.address("feedback", row.name, last_day=add_days(event.ends_on, DAYS_TO_ANSWER)),
			),
		)


def page_of(registration: str) -> dict:
	event = frappe.db.get_value("Event Registration", registration, "event")
	title = frappe.db.get_value("LSM Event", event, "title")
	return {"title": title, "given": frappe.db.exists("Event Feedback", _key(registration))}


def give(registration: str, rating: str, remark: str) -> None:
	"""Store one answer; a second from the same link replaces it."""
	mark = cint(rating)
	if not 1 <= mark <= 5:
		frappe.throw(_("Choose a mark from 1 to 5."), title=_("Mark"))
	event = frappe.db.get_value("Event Registration", registration, "event")
	key = _key(registration)
	# named by a keyed hash: the row does not say whose it is
	answer = {"rating": mark, "remark": remark}
	if frappe.db.exists("Event Feedback", key):
		doc = frappe.get_doc("Event Feedback", key)
		doc.update(answer)
		doc.save(ignore_permissions=True)
	else:
		doc = frappe.get_doc({"doctype": "Event Feedback", "event": event, **answer})
		doc.insert(ignore_permissions=True, set_name=key)
	_average(event)


def _key(registration: str) -> str:
	return fingerprint(f"feedback|{registration}")[:20]


def _average(event: str) -> None:
	table = frappe.qb.DocType("Event Feedback")
	mean = frappe.qb.from_(table).select(Avg(table.rating)).where(table.event == event).run()[0][0]
	frappe.db.set_value("LSM Event", event, "rating", flt(mean, 1), update_modified=False)
