import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services.payments import checked_iban


class VolunteerBankAccount(Document):
	def validate(self):
		self.iban = checked_iban(self.iban)
		self.bic = (self.bic or "").replace(" ", "").upper() or None
		if self.bic and len(self.bic) not in (8, 11):
			frappe.throw(_("A BIC has 8 or 11 characters."), title=_("BIC"))
