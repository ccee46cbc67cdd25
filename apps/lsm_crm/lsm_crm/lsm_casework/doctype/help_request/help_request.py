import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from lsm_crm.exceptions import TransitionError
from lsm_crm.services import contact_data
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument
from lsm_crm.services.links import changed
from lsm_crm.services.workflow import WorkflowMixin


class HelpRequest(WorkflowMixin, EncryptedDocument):
	ENCRYPTED_FIELDS = ("note",)

	def _set_defaults(self):
		# The framework fills any field `language` with the site's own; not asked is not Dutch.
		language = self.get("language")
		super()._set_defaults()
		self.language = language

	def validate(self):
		self.check_date()
		self.set_main_topic()
		self.keep_group_apart_from_person()
		self.check_contact()
		refuse_bsn(self, "note", "contact_name")

	def before_transition(self, old: str, new: str) -> None:
		if new == "Answered" and not self.services:
			self.refuse(_("Say which service was given before you mark this as answered."))
		if new == "Referred" and not self.referral and "Referral" not in {row.service_type for row in self.services}:
			self.refuse(_("Choose the partner to whom you refer, or the service “Referral”."))
		if new == "Became Case" and not self.case:
			self.refuse(_("Make the case with the button “Make a case”, so that the request keeps its number."))

	def check_date(self):
		if getdate(self.request_date) > getdate(nowdate()):
			frappe.throw(_("The date of a request cannot lie in the future."), title=_("Date"))

	def set_main_topic(self):
		if not self.topics:
			frappe.throw(_("Choose at least one topic."), title=_("Topics"))
		self.main_topic = self.topics[0].topic

	def keep_group_apart_from_person(self):
		"""Which group somebody belongs to says something about residence: never beside a name."""
		if self.client:
			self.client_group = None

	def check_contact(self):
		if not self.wants_follow_up:
			self.contact_name = self.contact_phone = self.contact_email = None
			return
		if changed(self, "contact_phone"):
			self.contact_phone = contact_data.normal_phone(self.contact_phone, self.meta.get_label("contact_phone"))
		if not (self.client or self.contact_phone or self.contact_email):
			frappe.throw(
				_("To contact this person a phone number or an e-mail address is needed."),
				title=_("Wants to be contacted"),
			)

	def refuse(self, sentence: str):
		frappe.throw(sentence, title=_("Something is missing"), exc=TransitionError)


def on_doctype_update():
	"""Indexes that serve the front office's list: each part of its row rule, in the order of the list."""
	for fields in (["owner"], ["volunteer", "request_date"], ["workflow_state", "request_date"]):
		frappe.db.add_index("Help Request", fields)
