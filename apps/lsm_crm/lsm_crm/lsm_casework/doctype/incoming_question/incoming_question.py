import frappe
from frappe import _

from lsm_crm.public_forms.errors import FieldError
from lsm_crm.services.encryption import EncryptedDocument


class IncomingQuestion(EncryptedDocument):
	"""A question that came by a public form: for help, for a translation, or a partner's referral.

	Front office reads it, answers, or turns it into a help request. What was asked is encrypted like a case's papers.
	"""

	ENCRYPTED_FIELDS = ("question",)

	def validate(self):
		self.check_consent()
		self.check_reachable()
		self.check_safety()

	def check_consent(self):
		if self.kind == "Referral by a Partner":
			if not self.client_consent:
				raise FieldError("client_consent", _("We can only take a referral that the person agrees to."))
		elif not self.consent_to_store:
			raise FieldError("consent_to_store", _("We can only keep your question when you agree."))

	def check_reachable(self):
		needed = {
			"Call Me": "contact_phone",
			"Send Me a Text Message": "contact_phone",
			"Send Me an E-mail": "contact_email",
		}.get(self.contact_how)
		if needed and not self.get(needed):
			raise FieldError(needed, _("Fill this in, or choose that you will come by."))

	def check_safety(self):
		if self.safe_to_contact == "Only at Certain Times" and not self.safe_when:
			raise FieldError("safe_when", _("Write down when it is safe to contact you."))
		asked = self.is_new() and self.kind == "Ask for Help" and self.contact_how != "I Will Come By"
		if asked and not self.safe_to_contact:
			raise FieldError("safe_to_contact", _("Choose whether it is safe for you when we contact you."))

	def before_insert(self):
		self.status = "New"
		if frappe.session.user == "Guest":
			self.worker = self.help_request = None
