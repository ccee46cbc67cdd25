"""What a customer of the catering hears, and what the customer's link shows and may do."""

import frappe
from frappe import _
from frappe.utils import add_days, format_date, format_time

from lsm_crm.exceptions import TransitionError
from lsm_crm.services import expiring_links, notices, workflow

TOLD = ("Requested", "Confirmed", "On the Way", "Cancelled")
SHOWN = ("Requested", "Confirmed", "In Kitchen", "Ready", "On the Way", "Delivered")
MAY_CANCEL = ("Requested", "Confirmed")


def tell_customer(order) -> None:
	"""Write to who ordered, in their language, when the order reaches a state that matters to them."""
	if order.workflow_state not in TOLD or order.customer_kind == "Own Activity":
		return
	day = format_date(order.delivery_date)
	window = f"{format_time(str(order.window_from), 'HH:mm')}–{format_time(str(order.window_to), 'HH:mm')}"
	texts = {
		"Requested": lambda: (
			_("We have your catering request"),
			[_("You asked for food for {0} guests on {1}. We answer within two days.").format(order.guests, day)],
		),
		"Confirmed": lambda: (
			_("Your catering order is confirmed"),
			[_("We bring food for {0} guests on {1}, {2}.").format(order.guests, day, window)],
		),
		"On the Way": lambda: (
			_("Your food is on the way"),
			[_("Our deliverer has left the kitchen and comes between {0}.").format(window)],
		),
		"Cancelled": lambda: (
			_("Your catering order is cancelled"),
			[_("The order for {0} is cancelled.").format(day), order.cancel_reason or ""],
		),
	}
	notices.tell(
		order.requester_email,
		order.language,
		texts[order.workflow_state],
		about=order,
		link=("Follow my order", link_of(order)),
	)


def link_of(order) -> str:
	"""The customer's link; ends some days after the delivery."""
	days = frappe.get_cached_doc("Catering Settings").link_valid_days or 0
	return expiring_links.address("order", order.name, last_day=add_days(order.delivery_date, days))


def shown_to_customer(name: str) -> dict:
	"""What the link's page shows: state, day and dishes; no other person's data."""
	order = frappe.get_doc("Catering Order", name)
	return {
		"name": order.name,
		"state": order.workflow_state,
		"states": SHOWN,
		"day": order.delivery_date,
		"window": (order.window_from, order.window_to),
		"guests": order.guests,
		"dishes": [(row.dish, row.portions, row.allergens) for row in order.dishes],
		"may_cancel": order.workflow_state in MAY_CANCEL,
		"problem": bool(order.delivery_problem) and order.workflow_state == "Ready",
	}


def cancel_by_customer(name: str, reason: str) -> None:
	"""The customer cancels by the link, as long as the kitchen has not started; late, it may cost something."""
	order = frappe.get_doc("Catering Order", name, for_update=True)
	if order.workflow_state == "Cancelled":
		return
	if order.workflow_state not in MAY_CANCEL:
		frappe.throw(_("The kitchen has started: please call us."), title=_("Not possible now"), exc=TransitionError)
	order.cancelled_by = "Customer"
	order.cancel_reason = (reason or "").strip() or _("Cancelled by the customer")
	workflow.act(order, "Cancel", _("customer"))
