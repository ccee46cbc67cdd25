import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate


class Vacancy(Document):
	def validate(self):
		if self.open_from and self.closes_on and getdate(self.closes_on) < getdate(self.open_from):
			frappe.throw(_("The vacancy closes before it opens."), title=_("Dates"))
		seen = set()
		for row in self.texts:
			if row.language in seen:
				frappe.throw(_("The language {0} stands twice.").format(row.language), title=_("Other Languages"))
			seen.add(row.language)
