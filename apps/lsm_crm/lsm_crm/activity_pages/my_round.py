"""The deliverer's phone: stops of today in order, a map, on the way, delivered, a problem."""

from urllib.parse import quote

import frappe
from frappe import _

from lsm_crm.activity_pages.forms import is_post, posted, require_role
from lsm_crm.constants import DELIVERER
from lsm_crm.services import rounds

ACTIONS = ("set_off", "delivered", "problem")


def page(day: str | None = None) -> tuple[str | None, dict | str]:
	"""Only the person's own stops; each step is checked as in the desk."""
	require_role(DELIVERER)
	user = frappe.session.user
	address = f"/my-round/{day}" if day else "/my-round"
	if is_post():
		_act(user, day)
		return None, address
	stops = rounds.my_stops(user, day)
	for stop in stops:
		stop.map = map_link(stop)
		stop.open = stop.workflow_state in ("Confirmed", "In Kitchen", "Ready", "On the Way")
	return "work/my_round.html", {"stops": stops, "address": address, "title": _("My round")}


def map_link(stop) -> str:
	"""A geo address (RFC 5870): the phone opens its own map, and nothing is sent before the deliverer taps it."""
	text = ", ".join(part for part in (stop.address, stop.postcode, stop.city) if part).replace("\n", ", ")
	if stop.latitude and stop.longitude:
		return f"geo:{stop.latitude},{stop.longitude}?q={stop.latitude},{stop.longitude}({quote(text)})"
	return f"geo:0,0?q={quote(text)}"


def _act(user: str, day: str | None) -> None:
	order, action = posted("order"), posted("action")
	if action not in ACTIONS or order not in {stop.name for stop in rounds.my_stops(user, day)}:
		raise frappe.PermissionError
	if action == "set_off":
		rounds.set_off(order)
	elif action == "delivered":
		rounds.delivered(order, posted("received_by"))
	else:
		rounds.problem(order, posted("problem"))
