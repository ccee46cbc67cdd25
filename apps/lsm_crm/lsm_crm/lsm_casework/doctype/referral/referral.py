import frappe
from frappe import _
from frappe.utils import now_datetime

from lsm_crm.exceptions import TransitionError
from lsm_crm.services import consents, partner_figures, prints
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument
from lsm_crm.services.links import require_read_on_links
from lsm_crm.services.workflow import WorkflowMixin

FINISHED = ("Done", "Refused", "Withdrawn")


class Referral(WorkflowMixin, EncryptedDocument):
	ENCRYPTED_FIELDS = ("message", "answer_note")

	def before_insert(self):
		self.worker = self.worker or frappe.session.user

	def validate(self):
		require_read_on_links(self, "client", "case", "consent")
		self.fill_from_case()
		self.check_consent()
		refuse_bsn(self, "message", "answer_note")

	def on_update(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state != self.workflow_state or before.result != self.result:
			partner_figures.update(self.partner)

	def before_transition(self, old: str, new: str) -> None:
		if new == "Refused" and not self.refusal_reason:
			self.refuse(_("Say why the partner refused."))
		if new == "Done" and not self.result:
			self.refuse(_("Say what came of it: fill in the result."))
		if new in FINISHED:
			self.link_hash = self.link_expires_on = None  # no link opens it any more
		if not self.answered_on and new in ("Accepted", "Refused"):
			self.answered_on = now_datetime()

	def fill_from_case(self):
		if not self.case:
			return
		client = frappe.db.get_value("Case", self.case, "client")
		if self.client and self.client != client:
			frappe.throw(_("The case {0} belongs to another client.").format(self.case))
		self.client = client

	def check_consent(self):
		"""Nothing about a person goes to a partner without a consent of that person that covers it."""
		if self.client:
			consents.require_for_partner(self)
		elif self.consent:
			frappe.throw(_("A consent belongs to a client. Fill in the client, or leave the consent out."))
		elif self.message:
			frappe.throw(
				_(
					"Without a client and a consent no description is sent. Choose the client, or take the description out."
				),
				title=_("Consent"),
			)

	def refuse(self, sentence: str):
		frappe.throw(sentence, title=_("Something is missing"), exc=TransitionError)

	def paper(self) -> dict:
		"""The letter for the print."""
		return prints.referral_letter(self)
