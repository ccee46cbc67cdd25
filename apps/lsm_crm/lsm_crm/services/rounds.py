"""Delivery rounds of a day: planning them, and what happens on the way."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import get_time, getdate
from pypika.functions import Sum

from lsm_crm.services import places, routes

PLANNABLE = ("Confirmed", "In Kitchen", "Ready")
STOP_STATE = {"On the Way": "On the Way", "Delivered": "Delivered"}


def plan_day(day) -> dict[str, list]:
	"""Spread the orders of a day over its planned rounds, each in a short order that keeps the windows.

	Returns {"rounds": names, "left": orders that fit nowhere, "about": orders placed by their postcode alone, "no_place": orders
	with neither a place nor a postcode that is known}.
	"""
	rounds = [
		frappe.get_doc("Delivery Round", name)
		for name in frappe.get_all("Delivery Round", {"round_date": getdate(day), "state": "Planned"}, pluck="name")
	]
	orders = _orders(day, [doc.name for doc in rounds])
	about = _place_by_postcode(orders)
	placed = [order for order in orders if order.latitude and order.longitude]
	settings = frappe.get_cached_doc("Catering Settings")
	found, left = routes.plan(
		(settings.kitchen_latitude, settings.kitchen_longitude),
		[_stop(order) for order in placed],
		[_driver(doc) for doc in rounds],
		minutes_per_stop=settings.minutes_per_stop or 0,
	)
	_store(rounds, {plan.driver: plan for plan in found})
	no_place = [order.name for order in orders if order not in placed]
	return {"rounds": [doc.name for doc in rounds], "left": left, "about": about, "no_place": no_place}


def _place_by_postcode(orders: list) -> list[str]:
	"""Orders that nobody gave a place get the middle of their postcode, for this plan alone; return which."""
	found = []
	for order in orders:
		middle = None if order.latitude and order.longitude else places.of_postcode(order.postcode)
		if middle:
			order.latitude, order.longitude = middle
			found.append(order.name)
	return found


def _orders(day, rounds: list[str]) -> list:
	order, row = frappe.qb.DocType("Catering Order"), frappe.qb.DocType("Order Dish")
	free = order.delivery_round.isnull() | (order.delivery_round == "")
	if rounds:
		free = free | order.delivery_round.isin(rounds)
	return (
		frappe.qb.from_(order)
		.left_join(row)
		.on((row.parent == order.name) & (row.parenttype == "Catering Order"))
		.select(
			order.name,
			order.postcode,
			order.latitude,
			order.longitude,
			order.window_from,
			order.window_to,
			Sum(row.portions).as_("portions"),
		)
		.where((order.delivery_date == getdate(day)) & (order.handover == "Delivery"))
		.where(order.workflow_state.isin(PLANNABLE) & free)
		.groupby(order.name)
		.orderby(order.name)
	).run(as_dict=True)


def _stop(order) -> routes.Stop:
	return routes.Stop(
		order.name,
		(order.latitude, order.longitude),
		_minutes(order.window_from),
		_minutes(order.window_to),
		int(order.portions or 0),
	)


def _driver(doc) -> routes.Driver:
	return routes.Driver(doc.name, _minutes(doc.start_time), doc.travel_mode, doc.capacity_portions or 0)


def _minutes(moment) -> int:
	moment = get_time(str(moment))
	return moment.hour * 60 + moment.minute


def _store(rounds: list, plans: dict[str, routes.Round]) -> None:
	# An order may move from one round to another: take all off first.
	for doc in rounds:
		doc.set("stops", [])
		doc.flags.by_service = True
		doc.save(ignore_permissions=True)
	for doc in rounds:
		plan = plans.get(doc.name)
		doc.distance_km = plan.kilometres if plan else 0
		doc.ends_at = timedelta(minutes=plan.ends) if plan else None
		for key, minute, leg in plan.stops if plan else ():
			doc.append("stops", {"catering_order": key, "planned_at": timedelta(minutes=minute), "leg_km": leg})
		doc.save(ignore_permissions=True)


def order_moved(order) -> None:
	"""An order changed its state: its stop and its round show it."""
	if not order.delivery_round:
		return
	state = STOP_STATE.get(order.workflow_state, "Problem" if order.delivery_problem else "Waiting")
	stop = frappe.qb.DocType("Delivery Stop")
	frappe.qb.update(stop).set(stop.state, state).where(
		(stop.catering_order == order.name) & (stop.parent == order.delivery_round)
	).run()
	states = frappe.get_all("Delivery Stop", {"parent": order.delivery_round}, pluck="state")
	if all(one in ("Delivered", "Problem") for one in states):
		now = "Done"
	else:
		now = "Planned" if all(one == "Waiting" for one in states) else "Under Way"
	frappe.db.set_value("Delivery Round", order.delivery_round, "state", now)


def set_off(order_name: str):
	"""The deliverer leaves with the order; as the person who is logged in."""
	return apply_workflow(frappe.get_doc("Catering Order", order_name), "Set Off")


def delivered(order_name: str, received_by: str):
	"""Somebody took the order. Sent twice, the second changes nothing."""
	order = frappe.get_doc("Catering Order", order_name)
	order.check_permission("write")
	if order.workflow_state == "Delivered":
		return order
	if not received_by.strip():
		frappe.throw(_("Who took it? Write the name."), title=_("Received By"))
	order.received_by = received_by.strip()
	order.save()
	return apply_workflow(order, "Deliver")


def problem(order_name: str, what: str):
	"""The order could not be delivered and comes back."""
	order = frappe.get_doc("Catering Order", order_name)
	order.check_permission("write")
	if not what.strip():
		frappe.throw(_("Say what went wrong."), title=_("Delivery Problem"))
	order.delivery_problem = what.strip()
	order.save()
	if order.workflow_state == "On the Way":
		return apply_workflow(order, "Bring Back")
	return order


def my_stops(user: str, day=None) -> list[dict]:
	"""Stops of the deliverer's rounds that day, in order, with what is needed at the door and nothing more."""
	stop, parent, order = (frappe.qb.DocType(name) for name in ("Delivery Stop", "Delivery Round", "Catering Order"))
	return (
		frappe.qb.from_(stop)
		.join(parent)
		.on(stop.parent == parent.name)
		.join(order)
		.on(stop.catering_order == order.name)
		.select(
			order.name,
			order.workflow_state,
			order.address,
			order.postcode,
			order.city,
			order.latitude,
			order.longitude,
			order.contact_name,
			order.contact_phone,
			order.delivery_note,
			order.window_from,
			order.window_to,
			order.delivery_problem,
			order.received_by,
			stop.planned_at,
			parent.name.as_("round"),
			parent.travel_mode,
		)
		.where((parent.deliverer == user) & (order.deliverer == user) & (parent.round_date == getdate(day)))
		.orderby(parent.start_time)
		.orderby(stop.idx)
	).run(as_dict=True)
