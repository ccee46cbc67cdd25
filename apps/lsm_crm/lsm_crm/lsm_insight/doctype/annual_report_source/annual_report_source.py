"""The exact value of one figure of an annual report and the numbers of the records behind it."""

import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.exceptions import YearClosedError


class AnnualReportSource(Document):
	def validate(self):
		self.refuse_frozen()

	def on_trash(self):
		self.refuse_frozen()

	def refuse_frozen(self):
		if not self.is_new() and frappe.db.get_value("Annual Report Source", self.name, "frozen"):
			frappe.throw(
				_("The year is closed: what stands behind its figures stays as it is."),
				title=_("Closed year"),
				exc=YearClosedError,
			)
