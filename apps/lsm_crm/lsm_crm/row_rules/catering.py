"""Row rules of this module; see the package for their form."""

import frappe
from frappe.utils import add_days, getdate
from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule

# An order carries a contact at somebody's door: it leaves the kitchen's and the deliverer's sight soon after.
KITCHEN_LOOKS_BACK_DAYS = 14
DELIVERER_LOOKS_BACK_DAYS = 1

COOKED = ("Confirmed", "In Kitchen", "Ready", "On the Way", "Delivered")
DRIVEN = ("Confirmed", "In Kitchen", "Ready", "On the Way", "Delivered")
MONEY = ("Delivered", "Settled", "Cancelled")


@row_rule("kitchen_orders")
def kitchen_orders(table, user: str) -> Criterion:
	"""Confirmed orders until two weeks after their day."""
	return table.workflow_state.isin(COOKED) & (table.delivery_date >= add_days(getdate(), -KITCHEN_LOOKS_BACK_DAYS))


@row_rule("own_deliveries")
def own_deliveries(table, user: str) -> Criterion:
	"""Orders that the person brings, until the day after."""
	return (
		(table.deliverer == user)
		& table.workflow_state.isin(DRIVEN)
		& (table.delivery_date >= add_days(getdate(), -DELIVERER_LOOKS_BACK_DAYS))
	)


@row_rule("orders_to_settle")
def orders_to_settle(table, user: str) -> Criterion:
	"""Orders that are delivered, settled or cancelled with a fee."""
	return table.workflow_state.isin(MONEY)


@row_rule("orders_of_own_activities")
def orders_of_own_activities(table, user: str) -> Criterion:
	"""Orders that the person entered, or that are for an event the person leads."""
	event = frappe.qb.DocType("LSM Event")
	led = frappe.qb.from_(event).select(event.name).where(event.lead == user)
	return (table.owner == user) | table.event.isin(led)


@row_rule("own_rounds")
def own_rounds(table, user: str) -> Criterion:
	"""Rounds that the person drives."""
	return table.deliverer == user
