import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services.links import changed


class ConsentText(Document):
	def validate(self):
		self.keep_what_was_agreed_to()

	def keep_what_was_agreed_to(self):
		"""Once someone agreed to a text it stays as it was: a new wording is a new version."""
		if not self.get_doc_before_save() or not changed(self, "text"):
			return
		if frappe.db.exists("Client Consent", {"consent_text": self.name}):
			frappe.throw(
				_("People agreed to this text, so it cannot change. Make a new version."), title=_("Consent text")
			)
