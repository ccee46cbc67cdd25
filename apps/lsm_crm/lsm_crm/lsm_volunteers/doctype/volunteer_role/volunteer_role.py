import frappe
from frappe import _

from lsm_crm.services.terms import Term


class VolunteerRole(Term):
	def validate(self):
		seen = set()
		for need in self.needs:
			key = (need.requirement, need.applies_to)
			if key in seen:
				frappe.throw(_("{0} stands twice among the needs.").format(_(need.requirement)), title=_("Needs"))
			seen.add(key)
