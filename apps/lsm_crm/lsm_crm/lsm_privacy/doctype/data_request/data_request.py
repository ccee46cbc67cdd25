import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, date_diff, getdate, today

from lsm_crm.services import erasure, insight

ASKS_FOR_DATA = ("Access", "Portability")


class DataRequest(Document):
	"""What a person asks about their own data, with the clock of one month. The privacy officer sees that person's data only by the
	file made here, and only while the request is open."""

	@property
	def days_left(self) -> int:
		return date_diff(self.due_on, today()) if self.due_on else 0

	def validate(self):
		self.set_clock()
		self.require_extension_reason()
		self.close()

	def set_clock(self):
		self.due_on = add_months(getdate(self.received_on), 3 if self.extended else 1)

	def require_extension_reason(self):
		if self.extended and not self.extension_reason:
			frappe.throw(_("Say why it takes longer; the person is told within the first month."))

	def close(self):
		before = self.get_doc_before_save()
		if self.status == "Open" or (before and before.status == self.status):
			return
		if not (self.answer or "").strip():
			frappe.throw(_("Write down what was answered before you close the request."))
		self.answered_on, self.handled_by = today(), frappe.session.user

	@frappe.whitelist(methods=["POST"])
	def make_file(self) -> list[str]:
		"""Everything about the person as PDF and JSON, attached to this request. Gives the two addresses."""
		self.require_open()
		return insight.attach(self)

	@frappe.whitelist(methods=["POST"])
	def erase(self) -> dict:
		"""Erase the person. Gives and keeps {DocType: number} of what was removed or emptied."""
		self.require_open()
		if self.request_type != "Erasure":
			frappe.throw(_("This request does not ask for erasure."))
		receipt = erasure.erase(self.subject_type, self.subject)
		frappe.db.set_value(
			self.doctype, self.name, {"receipt": json.dumps(receipt, indent=1), "subject": None}, update_modified=False
		)
		return receipt

	def require_open(self):
		self.check_permission("write")
		if self.status != "Open":
			frappe.throw(_("This request is closed."), frappe.PermissionError)
		if not self.identity_checked:
			frappe.throw(_("Check first that the person is who they say."), title=_("Identity not checked"))
