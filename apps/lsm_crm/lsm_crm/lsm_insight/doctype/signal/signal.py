"""A trend in help requests that is worth telling the municipality."""

import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services.bsn import refuse_bsn


class Signal(Document):
	def validate(self):
		self.check_told()
		refuse_bsn(self, "title", "description", "answer")

	def check_told(self):
		if self.state == "Told" and not (self.told_to and self.told_on):
			frappe.throw(
				_("Say to whom this was told, and when, before you mark it as told."), title=_("Something is missing")
			)
