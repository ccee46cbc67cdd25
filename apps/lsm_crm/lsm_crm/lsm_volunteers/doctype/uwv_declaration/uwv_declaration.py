import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, add_years, getdate


class UWVDeclaration(Document):
	def validate(self):
		# Valid three years; see the dated rules of the foundation.
		self.valid_until = self.valid_until or add_days(add_years(self.valid_from, 3), -1)
		if getdate(self.valid_until) < getdate(self.valid_from):
			frappe.throw(_("Valid Until lies before Valid From."), title=_("UWV Declaration"))
