"""Pages behind links in mails: a catering order's state, and one's registration for an event."""

from base64 import b64encode
from io import BytesIO

import frappe
import pyqrcode
from frappe import _

from lsm_crm.activity_pages.forms import is_post, posted
from lsm_crm.services import catering_mail, event_feedback, expiring_links, registrations


def page(purpose: str, token: str) -> tuple[str | None, dict | str]:
	"""Show what the link names; a POST acts. The link itself is the right to do so."""
	if purpose not in PURPOSES:
		raise frappe.DoesNotExistError(_("This page is not there."))
	name = expiring_links.open_token(purpose, token)
	act, show, template = PURPOSES[purpose]
	if is_post():
		act(name)
		return None, f"/link/{purpose}/{token}"
	return template, show(name)


def _act_on_order(name: str) -> None:
	if posted("action") == "cancel":
		catering_mail.cancel_by_customer(name, posted("reason"))


def _act_on_registration(name: str) -> None:
	if posted("action") == "cancel":
		registrations.cancel(name)
	elif posted("action") == "accept":
		registrations.accept(name)


def _show_registration(name: str) -> dict:
	row = frappe.db.get_value("Event Registration", name, ["status", "places", "event", "offer_ends_on"], as_dict=True)
	event = frappe.db.get_value(
		"LSM Event", row.event, ["title", "starts_on", "ends_on", "venue", "place_note", "workflow_state"], as_dict=True
	)
	return {"registration": row, "event": event, "code": _code_for_the_door(row, name)}


def _code_for_the_door(row, name: str) -> str:
	"""A QR code that opens the door's page at this registration, for the phone of who works there. It is no right by itself."""
	if row.status != "Registered":
		return ""
	address = frappe.utils.get_url(f"/door/event/{row.event}#{name}")
	stream = BytesIO()
	pyqrcode.create(address, error="M").svg(
		stream, scale=4, xmldecl=False, svgns=True, module_color="#000", background="#fff"
	)
	return "data:image/svg+xml;base64," + b64encode(stream.getvalue()).decode()


def _act_on_feedback(name: str) -> None:
	event_feedback.give(name, posted("rating"), posted("remark"))


def _act_as_parent(name: str) -> None:
	event_feedback.give_as_parent(name, posted("rating"), posted("remark"))


PURPOSES = {
	"order": (_act_on_order, lambda name: {"order": catering_mail.shown_to_customer(name)}, "work/order.html"),
	"registration": (_act_on_registration, _show_registration, "work/registration.html"),
	"feedback": (_act_on_feedback, event_feedback.page_of, "work/feedback.html"),
	"tutoring": (_act_as_parent, event_feedback.page_of_parent, "work/feedback.html"),
}
