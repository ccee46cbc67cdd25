from frappe.model.document import Document

from lsm_crm.services.payments import checked_iban


class VolunteerSettings(Document):
	def validate(self):
		if self.debtor_iban:
			self.debtor_iban = checked_iban(self.debtor_iban)
