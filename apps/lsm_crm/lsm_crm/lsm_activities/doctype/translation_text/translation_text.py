import frappe
from frappe import _

from lsm_crm.services.encryption import EncryptedDocument


class TranslationText(EncryptedDocument):
	ENCRYPTED_FIELDS = ("source_text", "translated_text", "reader_note")

	def validate(self):
		self.check_party()

	def check_party(self) -> None:
		"""Who asked, translates or reads a second time; nobody else writes words, the coordinator included."""
		if frappe.session.user == "Administrator":
			return
		request = frappe.db.get_value(
			"Translation Request",
			self.translation_request,
			["requester", "translator", "second_reader", "status"],
			as_dict=True,
		)
		if frappe.session.user not in (request.requester, request.translator, request.second_reader):
			frappe.throw(_("Only who works on this translation can write here."), exc=frappe.PermissionError)
		if request.status in ("Delivered", "Cancelled"):
			frappe.throw(_("This translation is finished."))
