import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from lsm_crm.exceptions import ReadOnlyStateError
from lsm_crm.services import payments


class VolunteerPaymentRun(Document):
	def validate(self):
		self.check_frozen()
		self.check_lines()
		self.total = float(sum((payments.money(row.amount) for row in self.lines), payments.money(0)))

	def before_insert(self):
		self.state = "Draft"
		if not self.lines:
			payments.fill(self)

	def on_trash(self):
		if self.state != "Draft":
			frappe.throw(_("A payment run whose file was made is kept."), title=_("Kept"), exc=ReadOnlyStateError)

	def check_frozen(self):
		before = self.get_doc_before_save()
		if before and before.state != "Draft" and not self.flags.by_service:
			frappe.throw(
				_("The file was made already: this payment run stays as it is."),
				title=_("Kept"),
				exc=ReadOnlyStateError,
			)
		if before and before.state != self.state and not self.flags.by_service:
			frappe.throw(_("Use the buttons to make the file and to mark it as paid."), title=_("Payment Run"))

	def check_lines(self):
		if self.is_new() and getdate(self.pay_on) < getdate(today()):
			frappe.throw(_("The day of payment lies in the past."), title=_("Pay On"))
		payments.check_lines(self)

	@frappe.whitelist(methods=["POST"])
	def make_file(self) -> None:
		"""Check every line and freeze the run; the files are made from it on request."""
		self.check_permission("write")
		payments.freeze(self)

	@frappe.whitelist(methods=["POST"])
	def mark_paid(self) -> None:
		"""The bank has carried it out: each expense becomes Paid."""
		self.check_permission("write")
		payments.mark_paid(self)
