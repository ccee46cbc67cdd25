import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, getdate, nowdate

from lsm_crm.services import consents, prints
from lsm_crm.services.links import require_read_on_links

DEFAULT_MONTHS = 12


class ClientConsent(Document):
	def before_insert(self):
		self.recorded_by = frappe.session.user
		if not self.valid_until:
			months = frappe.db.get_single_value("LSM Settings", "consent_months") or DEFAULT_MONTHS
			self.valid_until = add_months(self.given_on or nowdate(), months)

	def validate(self):
		require_read_on_links(self, "client")
		self.check_text()
		self.check_dates()
		self.check_form()
		self.status = consents.status_on(self)

	def check_text(self):
		"""The consent keeps which version of the text the person agreed to, in which language."""
		text = frappe.db.get_value("Consent Text", self.consent_text, ["purpose", "version", "language"], as_dict=True)
		if not text:
			return
		if text.purpose != self.purpose:
			frappe.throw(_("The text {0} is for another purpose.").format(self.consent_text), title=_("Text"))
		self.text_version = text.version
		self.language = text.language

	def check_dates(self):
		if getdate(self.given_on) > getdate(nowdate()):
			frappe.throw(_("A consent cannot be given in the future."), title=_("Given on"))
		if self.valid_until and getdate(self.valid_until) < getdate(self.given_on):
			frappe.throw(_("The consent would end before it was given."), title=_("Valid until"))
		before = self.get_doc_before_save()
		if before and before.withdrawn_on and not self.withdrawn_on:
			frappe.throw(_("A withdrawn consent stays withdrawn. Ask the client again and record a new one."))

	def check_form(self):
		if self.how_given == "Spoken, with a witness" and not self.witness:
			frappe.throw(_("A spoken consent needs a witness."), title=_("Witness"))
		if self.purpose == consents.PARTNER_PURPOSE and not any(
			(self.share_name, self.share_contact, self.share_topic, self.share_story)
		):
			frappe.throw(_("Tick what may be shared with the partner."), title=_("What may be shared"))

	def paper(self) -> dict:
		"""The sheet to sign, for the print."""
		return prints.consent_sheet(self)
