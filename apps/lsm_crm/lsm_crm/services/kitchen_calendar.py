"""How much notice the kitchen needs, how many portions a day it makes, and what a late cancellation costs."""

import frappe
from frappe import _
from frappe.utils import flt, format_date, getdate, now_datetime
from pypika.functions import Sum

from lsm_crm.exceptions import TransitionError

# What the kitchen has on its hands for a day.
BOOKED = ("Confirmed", "In Kitchen", "Ready", "On the Way", "Delivered", "Settled")


def check_notice(order) -> None:
	"""Refuse an order that leaves the kitchen less time than the settings ask for."""
	hours = frappe.get_cached_doc("Catering Settings").lead_time_hours or 0
	left = (order.window_starts - now_datetime()).total_seconds() / 3600
	if left < hours:
		frappe.throw(
			_("The kitchen needs {0} hours' notice. Choose a later day, or call us.").format(hours),
			title=_("Day of Delivery"),
			exc=TransitionError,
		)


def capacity_of(day) -> int:
	"""Portions that the kitchen makes on that day."""
	settings = frappe.get_cached_doc("Catering Settings")
	for row in settings.kitchen_days:
		if getdate(row.day) == getdate(day):
			return row.capacity_portions or 0
	return settings.capacity_portions or 0


def check_capacity(order) -> None:
	"""Refuse to confirm more portions for a day than the kitchen makes; two people confirming at once are asked in turn."""
	_hold_calendar()
	booked = portions_booked(order.delivery_date, without=order.name)
	wanted = sum(row.portions or 0 for row in order.dishes)
	capacity = capacity_of(order.delivery_date)
	if booked + wanted > capacity:
		frappe.throw(
			_(
				"On {0} the kitchen makes {1} portions; {2} are promised already and this order needs {3}. "
				"Choose another day, or ask the kitchen whether it agrees."
			).format(format_date(order.delivery_date), capacity, booked, wanted),
			title=_("Kitchen is full"),
			exc=TransitionError,
		)


def portions_booked(day, without: str | None = None) -> int:
	"""Portions promised for a day, as stored now and not as this transaction first saw it."""
	row, order = frappe.qb.DocType("Order Dish"), frappe.qb.DocType("Catering Order")
	found = (
		frappe.qb.from_(order)
		.join(row)
		.on((row.parent == order.name) & (row.parenttype == "Catering Order"))
		.select(Sum(row.portions))
		.where((order.delivery_date == getdate(day)) & order.workflow_state.isin(BOOKED))
		.where(order.name != (without or ""))
		.for_update()
	).run()
	return int(found[0][0] or 0)


def _hold_calendar() -> None:
	# One row that every confirmation takes first; a range lock alone would let two through or end in a deadlock.
	single = frappe.qb.Table("tabSingles")
	frappe.qb.from_(single).select(single.value).where(
		(single.doctype == "Catering Settings") & (single.field == "capacity_portions")
	).for_update().run()


def cancel_fee(order) -> float:
	"""What a customer owes who cancels late: a part of the price before VAT."""
	settings = frappe.get_cached_doc("Catering Settings")
	left = (order.window_starts - now_datetime()).total_seconds() / 3600
	if left >= (settings.free_cancel_hours or 0) or order.get_doc_before_save().workflow_state == "Requested":
		return 0
	return flt(flt(order.net_amount) * flt(settings.late_cancel_percent) / 100, 2)
