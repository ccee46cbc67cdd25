"""Catering from the desk: rounds, invoices, a customer's link."""

import frappe
from frappe import _
from frappe.utils import getdate

from lsm_crm.constants import COORDINATOR, TREASURER
from lsm_crm.services import access, catering_mail, invoices, rounds


@frappe.whitelist(methods=["POST"])
def plan_rounds(day: str) -> dict:
	"""Spread the day's orders over its planned rounds; for the coordinator."""
	access.require_role(COORDINATOR)
	return rounds.plan_day(getdate(day))


@frappe.whitelist(methods=["POST"])
def make_invoice(order: str) -> str:
	"""Number of the order's invoice, made now if there is none; for the treasurer."""
	access.require_role(TREASURER)
	frappe.get_doc("Catering Order", order).check_permission("write")
	return invoices.issue(order)


@frappe.whitelist(methods=["POST"])
def credit_invoice(invoice: str) -> str:
	"""Number of the credit invoice; for the treasurer."""
	access.require_role(TREASURER)
	frappe.get_doc("Catering Invoice", invoice).check_permission("write")
	return invoices.credit(invoice)


@frappe.whitelist(methods=["POST"])
def customer_link(order: str) -> str:
	"""The address with which the customer follows the order, to read out or send anew; for the coordinator."""
	access.require_role(COORDINATOR)
	doc = frappe.get_doc("Catering Order", order)
	doc.check_permission("write")
	doc.add_comment("Info", _("The customer's link was given out."))
	return catering_mail.link_of(doc)
