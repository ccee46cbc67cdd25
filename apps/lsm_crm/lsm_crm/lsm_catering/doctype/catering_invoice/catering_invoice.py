import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.services import editing


class CateringInvoice(Document):
	def validate(self):
		self.check_made_by_program()
		self.keep_what_was_sent()
		self.check_paid_on()

	def on_trash(self):
		if not frappe.flags.lsm_clears_sample:
			frappe.throw(_("An invoice is kept: make a credit invoice instead."), title=_("Invoice"))

	def check_made_by_program(self) -> None:
		if self.is_new() and not self.flags.by_service:
			frappe.throw(_("Invoices are made from a delivered order, so that their numbers have no gap."))

	def keep_what_was_sent(self) -> None:
		editing.keep_program_fields(self)
		if before := self.get_doc_before_save():
			for field in ("year", "sequence", "total_amount", "catering_order"):
				if before.get(field) != self.get(field):
					frappe.throw(_("A sent invoice is not changed: make a credit invoice instead."))

	def check_paid_on(self) -> None:
		if self.paid_on and getdate(self.paid_on) < getdate(self.invoice_date):
			frappe.throw(_("It cannot have been paid before it was made."), title=_("Paid On"))
