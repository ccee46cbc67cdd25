import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, today

from lsm_crm.exceptions import ReadOnlyStateError, SelfApprovalError
from lsm_crm.services import compensation
from lsm_crm.services.transitions import require, state_change
from lsm_crm.services.workflow import WorkflowDocument

# What was approved, and so stays.
APPROVED_FIELDS = ("volunteer", "kind", "day", "amount", "hours")


class VolunteerExpense(WorkflowDocument):
	def validate(self):
		self.check_amount()
		self.check_frozen()
		self.check_transition()
		self.warn()

	def on_trash(self):
		if self.workflow_state in ("Approved", "Paid"):
			frappe.throw(_("An approved or paid expense is kept."), title=_("Kept"), exc=ReadOnlyStateError)

	def check_amount(self):
		if compensation.money(self.amount) <= 0:
			frappe.throw(_("The amount is more than zero."), title=_("Amount"))
		if compensation.money(self.amount) != compensation.Decimal(str(self.amount)):
			frappe.throw(_("The amount has whole cents."), title=_("Amount"))
		if getdate(self.day) > getdate(today()):
			frappe.throw(_("The day lies in the future."), title=_("Day"))

	def check_frozen(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state != "Submitted" and any(self.has_value_changed(f) for f in APPROVED_FIELDS):
			frappe.throw(
				_("What was approved stays as it is: refuse it and write a new one."),
				title=_("Approved"),
				exc=ReadOnlyStateError,
			)

	def check_transition(self):
		change = state_change(self)
		if not change:
			return
		if change[1] != "Refused":
			self.check_not_own()
		{"Approved": self.approve, "Paid": self.pay, "Refused": self.refuse}[change[1]]()

	def check_not_own(self):
		own = frappe.db.get_value("Volunteer", self.volunteer, "user") == frappe.session.user
		if own or (self.owner == frappe.session.user and self.source_is_own()):
			frappe.throw(_("Nobody approves or pays their own expense."), title=_("Approving"), exc=SelfApprovalError)

	def source_is_own(self) -> bool:
		"""An expense typed by staff for someone else is not their own; one typed in the portal always is."""
		return frappe.db.get_value("Volunteer", {"user": self.owner}) == self.volunteer

	def approve(self):
		if self.kind == "Expense":
			require([(self.receipt, _("The receipt is missing."))], _("Approving"))
		left = compensation.check(self)
		self.cap_note = _("Room before this: {0}").format(compensation.euro(left.least))
		self.approved_by, self.approved_on = frappe.session.user, now_datetime()

	def pay(self):
		# A payment run checked the caps when its file was made; by now the bank has carried it out.
		if not self.payment_run:
			compensation.check(self)
		self.paid_on = self.paid_on or today()

	def refuse(self):
		require([(self.refusal_reason, _("Write why the expense is refused."))], _("Refusing"))

	def warn(self):
		if self.workflow_state == "Submitted":
			self.cap_note = compensation.warning(self)
			if self.cap_note:
				frappe.msgprint(self.cap_note, title=_("Before It Is Approved"), indicator="orange", alert=True)
