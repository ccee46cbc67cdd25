"""Invoices for catering: numbers follow each other without a gap, whatever goes wrong on the way."""

import frappe
from frappe import _
from frappe.utils import add_days, flt, getdate
from pypika.functions import Max

from lsm_crm.exceptions import TransitionError
from lsm_crm.services.language import called, in_language

BILLED_STATES = ("Delivered", "Cancelled")


def issue(order_name: str) -> str:
	"""Make the invoice of a delivered order, or of a late cancellation; return its number. Safe to call again."""
	order = frappe.get_doc("Catering Order", order_name, for_update=True)
	if order.invoice:
		return order.invoice
	_check(order)
	lines = _lines(order)
	invoice = _insert(
		catering_order=order.name,
		customer_name=order.customer_name or order.organisation or order.requester_name,
		customer_address=_address(order),
		lines=lines,
		vat_rate=order.vat_rate,
	)
	order.db_set("invoice", invoice.name)
	return invoice.name


def credit(invoice_name: str) -> str:
	"""Take an invoice back by a second one with the same amounts below zero; return its number."""
	old = frappe.get_doc("Catering Invoice", invoice_name, for_update=True)
	if old.credit_of or frappe.db.exists("Catering Invoice", {"credit_of": old.name}):
		frappe.throw(_("{0} has been taken back already.").format(old.name), exc=TransitionError)
	lines = [
		{
			"description": row.description,
			"quantity": -row.quantity,
			"price": row.price,
			"amount": -row.amount,
		}
		for row in old.lines
	]
	new = _insert(
		catering_order=old.catering_order,
		customer_name=old.customer_name,
		customer_address=old.customer_address,
		lines=lines,
		vat_rate=old.vat_rate,
		credit_of=old.name,
	)
	frappe.db.set_value("Catering Order", old.catering_order, "invoice", None)
	return new.name


def _check(order) -> None:
	if order.workflow_state not in BILLED_STATES:
		frappe.throw(_("An invoice is made once the order is delivered."), exc=TransitionError)
	if order.workflow_state == "Cancelled" and not order.cancel_fee:
		frappe.throw(_("This order was cancelled without costs."), exc=TransitionError)
	if order.settlement != "Invoice":
		frappe.throw(_("This order is settled without an invoice."), exc=TransitionError)


def _lines(order) -> list[dict]:
	if order.workflow_state == "Cancelled":
		fee = flt(order.cancel_fee, 2)
		text = _("Late cancellation of {0}").format(order.name)
		return [{"description": text, "quantity": 1, "price": fee, "amount": fee}]
	with in_language(order.language):
		return [
			{
				"description": called("Dish", row.dish),
				"quantity": row.portions,
				"price": row.price_per_portion,
				"amount": row.amount,
			}
			for row in order.dishes
		]


def _address(order) -> str:
	if order.handover == "Delivery":
		return "\n".join(filter(None, (order.address, f"{order.postcode or ''} {order.city or ''}".strip())))
	return order.requester_email or ""


def _insert(lines: list[dict], vat_rate: float, **values):
	settings = frappe.get_cached_doc("Catering Settings")
	today = getdate()
	sequence = _next_number(today.year)
	net = flt(sum(flt(line["amount"]) for line in lines), 2)
	vat = flt(net * flt(vat_rate) / 100, 2)
	invoice = frappe.get_doc(
		{
			"doctype": "Catering Invoice",
			"year": today.year,
			"sequence": sequence,
			"invoice_date": today,
			"due_date": add_days(today, settings.payment_days or 0),
			"lines": lines,
			"net_amount": net,
			"vat_rate": vat_rate,
			"vat_amount": vat,
			"total_amount": flt(net + vat, 2),
			**values,
		}
	)
	invoice.flags.by_service = True
	return invoice.insert(ignore_permissions=True, set_name=f"{settings.invoice_prefix}-{today.year}-{sequence:04d}")


def _next_number(year: int) -> int:
	"""The number after the last that was stored. Held until the transaction ends, so a number that is not stored is free again."""
	single = frappe.qb.Table("tabSingles")
	frappe.qb.from_(single).select(single.value).where(
		(single.doctype == "Catering Settings") & (single.field == "invoice_prefix")
	).for_update().run()
	invoice = frappe.qb.DocType("Catering Invoice")
	last = (frappe.qb.from_(invoice).select(Max(invoice.sequence)).where(invoice.year == year).for_update()).run()[0][0]
	return (last or 0) + 1
