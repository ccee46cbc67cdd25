import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.constants import COORDINATOR
from lsm_crm.services import children, editing


class KidsoaseChild(Document):
	def validate(self):
		children.check_birth(self)
		self.keep_lead()
		if self.status == "Active":
			children.require_consent(self)
		if self.photo_consent and not self.photo_consent_on:
			frappe.throw(_("On which day was the photo consent given?"), title=_("Photo Consent"))
		self.know_the_guardian()

	def keep_lead(self) -> None:
		if editing.is_program(self) or COORDINATOR in frappe.get_roles():
			return
		before = self.get_doc_before_save()
		self.lead = before.lead if before else frappe.session.user

	def know_the_guardian(self) -> None:
		"""The guardian may always bring and collect; everybody else is written down."""
		if not any(row.adult_name == self.guardian_name for row in self.known_adults):
			self.append(
				"known_adults",
				{
					"adult_name": self.guardian_name,
					"relation": _("Guardian"),
					"phone": self.guardian_phone,
					"may_collect": 1,
				},
			)
