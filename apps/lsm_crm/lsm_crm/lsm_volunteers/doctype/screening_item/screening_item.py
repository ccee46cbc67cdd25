import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, getdate, today

from lsm_crm.services import screening
from lsm_crm.services.transitions import require


class ScreeningItem(Document):
	def validate(self):
		self.check_role()
		self.check_right_to_work()
		self.check_approval()
		self.check_dates()

	def check_role(self):
		if self.requirement == "Training":
			require([(self.role, _("Choose the role that the training is for."))], _("Training"))
		elif self.requirement == "Right to Work" and self.role:
			frappe.throw(_("The right to work counts for every role: leave the role empty."), title=_("Right to Work"))

	def check_right_to_work(self):
		if self.requirement != "Right to Work":
			self.may_volunteer, self.recent_arrival = None, 0
			return
		if self.result == "Approved":
			require([(self.may_volunteer, _("Choose what the check of the right to work gave."))], _("Right to Work"))
			if self.may_volunteer == "May Not Volunteer":
				frappe.throw(
					_("Someone who may not volunteer cannot be approved: choose Not Approved."),
					title=_("Right to Work"),
				)

	def check_approval(self):
		if self.result == "Asked For":
			self.checked_by = self.checked_on = None
			return
		if self.is_from_own_account() and not self.flags.by_signature:
			frappe.throw(_("Nobody may judge their own screening."), title=_("Screening"), exc=frappe.PermissionError)
		before = self.get_doc_before_save()
		if not before or before.result != self.result:
			self.checked_by, self.checked_on = frappe.session.user, today()

	def check_dates(self):
		if self.result == "Approved":
			self.valid_from = self.valid_from or today()
			months = screening.validity_months(self.volunteer, self.requirement, self.role)
			if months and not self.valid_until:
				self.valid_until = add_months(self.valid_from, months)
		if self.valid_from and self.valid_until and getdate(self.valid_until) < getdate(self.valid_from):
			frappe.throw(_("Valid Until lies before Valid From."), title=_("Screening"))
		if self.has_value_changed("valid_until"):
			self.reminded_on = self.expiry_told_on = None

	def is_from_own_account(self) -> bool:
		return frappe.db.get_value("Volunteer", self.volunteer, "user") == frappe.session.user


def refuse_attachment(doc, method=None):
	"""No copy of an identity document or certificate is stored, not even with the person's agreement."""
	if doc.attached_to_doctype == "Screening Item":
		frappe.throw(
			_("No copies are kept with a screening item: write down what was seen, by whom and when."),
			title=_("No Copies"),
		)
