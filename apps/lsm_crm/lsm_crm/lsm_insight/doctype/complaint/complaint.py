"""A complaint. What was said and by whom is kept encrypted; what we learn from it may be told."""

import frappe
from frappe import _
from frappe.utils import add_days, getdate, nowdate

from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument

WEEKS_TO_ANSWER = 6


class Complaint(EncryptedDocument):
	ENCRYPTED_FIELDS = ("complaint", "person_name", "person_contact", "answer")

	def validate(self):
		self.check_dates()
		self.set_answer_date()
		self.check_settled()
		refuse_bsn(self, "subject", "complaint", "person_name", "person_contact", "answer", "lesson")

	def check_dates(self):
		if getdate(self.received_on) > getdate(nowdate()):
			frappe.throw(_("A complaint cannot be received in the future."), title=_("Received on"))

	def set_answer_date(self):
		if not self.answer_by:
			self.answer_by = add_days(self.received_on, WEEKS_TO_ANSWER * 7)

	def check_settled(self):
		if self.state == "Dealt With" and not (self.answer and self.outcome):
			frappe.throw(
				_("Write down the answer and the outcome before you mark this complaint as dealt with."),
				title=_("Something is missing"),
			)
		if self.state == "Dealt With" and not self.answered_on:
			self.answered_on = nowdate()
