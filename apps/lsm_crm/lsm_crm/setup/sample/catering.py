"""Catering orders in every state, taken from request to settlement by coordinator, kitchen, deliverer and treasurer."""

from datetime import date, timedelta

import frappe
from frappe.utils import getdate

from lsm_crm.constants import COORDINATOR, DELIVERER, KITCHEN, TREASURER
from lsm_crm.services import invoices
from lsm_crm.setup.sample.walk import acting_as, insert, set_past, step

# For each order the state it has come to, and the days from today to its delivery.
ORDERS = (
	("Requested", 12), ("Requested", 19), ("Requested", 26), ("Confirmed", 6), ("Confirmed", 9), ("Confirmed", 15),
	("In Kitchen", 0), ("In Kitchen", 1), ("Ready", 0), ("Ready", 0), ("On the Way", 0), ("Delivered", -1),
	("Delivered", -4), ("Delivered", -8), ("Settled", -12), ("Settled", -26), ("Settled", -40), ("Settled", -61),
	("Cancelled", 8), ("Cancelled", -15),
)  # fmt: skip
OF_TODAY = ("In Kitchen", "Ready", "On the Way")
WALK = ("Confirmed", "In Kitchen", "Ready", "On the Way", "Delivered", "Settled")
CUSTOMERS = ("Gemeente Leiden", "Universiteit Leiden", "BuZz", "Leergeld Leiden", "Inluzio", "Radio Sleutelstad")
MENUS = (
	("Lentil Soup", "Chickpea Curry", "Rice Pudding"),
	("Hummus", "Flatbread Basket", "Tabouleh"),
	("Injera with Shiro", "Orange Salad with Dates"),
	("Stuffed Aubergine", "Celeriac Salad", "Mint Tea"),
	("Tofu Stir-fry", "Baklava"),
)
POSTCODES = ("2311 AA", "2312 BB", "2321 CC", "2315 DD", "2331 EE")
REASONS = ("Bijeenkomst gaat niet door.", "Te weinig aanmeldingen.")
BILLED = 2  # orders settled with an invoice; the others by a gift or for free


def load(sample) -> None:
	with acting_as(sample.users[COORDINATOR]):
		orders = [(_order(sample, nth, state, max(days, 0)), state) for nth, (state, days) in enumerate(ORDERS)]
		for order, state in orders:
			if state == "Cancelled":
				step(order, "Cancel", cancel_reason=sample.random.choice(REASONS))
			elif state != "Requested":
				step(order, "Confirm")
		_round(sample, [order for order, state in orders if state in OF_TODAY and order.delivery_date == sample.today])
	with acting_as(sample.users[KITCHEN]):
		_walk(orders, "In Kitchen", "Start Cooking")
		_walk(orders, "Ready", "Mark Ready")
	with acting_as(sample.users[DELIVERER]):
		_walk(orders, "On the Way", "Set Off")
		_walk(orders, "Delivered", "Deliver", received_by="Gastvrouw aan de balie")
	with acting_as(sample.users[TREASURER]):
		for order, state in orders:
			if state == "Settled":
				_settle(order)
	for (order, _state), (_state, days) in zip(orders, ORDERS, strict=True):
		_date_back(sample, order, sample.today + timedelta(days=days))


def _round(sample, orders: list) -> None:
	"""Today's round: it is under way, and what is left can be brought."""
	insert(
		"Delivery Round",
		round_date=sample.today,
		deliverer=sample.users[DELIVERER],
		travel_mode="Cargo Bike",
		start_time="15:30:00",
		stops=[
			{"catering_order": order.name, "planned_at": timedelta(hours=16, minutes=20 * nth)}
			for nth, order in enumerate(orders)
		],
	)
	for order in orders:
		order.reload()


def _order(sample, nth: int, state: str, days: int):
	random, person = sample.random, sample.people.person(own_script=False)
	day = sample.today + timedelta(days=days)
	guests = random.choice((8, 12, 15, 20, 24))
	return insert(
		"Catering Order",
		customer_kind="Organisation",
		organisation=CUSTOMERS[nth % len(CUSTOMERS)],
		guests=guests,
		requester_name=f"{person.first} {person.last}",
		requester_email=person.email,
		requester_phone=person.phone.replace(" ", ""),
		language="nl",
		delivery_date=day,
		window_from="16:00:00",
		window_to="18:00:00",
		handover="Delivery",
		address=f"{random.choice(('Voorbeeldstraat', 'Proefkade'))} {random.randint(1, 90)}",
		postcode=POSTCODES[nth % len(POSTCODES)],
		city="Leiden",
		contact_name=f"{person.first} {person.last}",
		contact_phone=person.phone.replace(" ", ""),
		dishes=[{"dish": dish, "portions": guests} for dish in MENUS[nth % len(MENUS)]],
		diets=[{"diet": "Vegan", "guests": 2}] if nth % 2 else [],
		settlement=_settlement(state, nth),
		donation_amount=5 * guests if _settlement(state, nth) == "Donation" else 0,
		free_reason="Bijeenkomst voor nieuwkomers" if _settlement(state, nth) == "Free" else None,
		short_notice_accepted=1,
		over_capacity_accepted=1,
		deliverer=sample.users[DELIVERER],
	)


def _settlement(state: str, nth: int) -> str:
	if state == "Settled" and nth >= len(ORDERS) - 2 - BILLED:
		return "Invoice"
	return ("Invoice", "Donation", "Free")[nth % 3] if state != "Settled" else ("Donation", "Free")[nth % 2]


def _walk(orders: list, target: str, action: str, **values) -> None:
	for order, state in orders:
		if state in WALK and WALK.index(state) >= WALK.index(target):
			order.reload()
			step(order, action, **values)


def _settle(order) -> None:
	if order.settlement == "Invoice":
		invoice = frappe.get_doc("Catering Invoice", invoices.issue(order.name))
		invoice.paid_on = getdate()
		invoice.save()
	order.reload()
	step(order, "Settle")


def _date_back(sample, order, day: date) -> None:
	"""All was done today, for today; say when it would have been."""
	values = {"delivery_date": day} if day < sample.today else {}
	if values and order.workflow_state in ("Delivered", "Settled"):
		values |= {"set_off_on": sample.at(day, 16), "delivered_on": sample.at(day, 17)}
		if order.workflow_state == "Settled":
			values["settled_on"] = min(day + timedelta(days=7), sample.today)
	set_past(order, sample.at(min(day, sample.today) - timedelta(days=sample.random.randint(6, 14))), **values)
