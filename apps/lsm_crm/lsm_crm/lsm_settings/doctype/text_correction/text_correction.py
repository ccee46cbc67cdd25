import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.exceptions import SelfApprovalError
from lsm_crm.services import catalogs


class TextCorrection(Document):
	"""A proofreader's better text for one message. Once approved, `lsm-write-corrections` puts it into the .po file."""

	def validate(self):
		if catalogs.differs(self.original or "", self.proposal or ""):
			frappe.throw(
				_("What is filled in, such as {0}, must stand in the text just as in the original.").format("{0}")
			)
		self.check_decision()

	def check_decision(self):
		before = self.get_doc_before_save()
		if not before or before.status == self.status or self.status not in ("Approved", "Refused"):
			return
		if self.owner == frappe.session.user:
			frappe.throw(_("Somebody else decides about a text that you proposed."), exc=SelfApprovalError)
		self.decided_by = frappe.session.user
