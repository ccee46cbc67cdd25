import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.exceptions import TransitionError
from lsm_crm.services import editing, notices

ACTIVE = ("Agreed", "Running")
ORDER = {
	"Received": ("In Talks", "Declined"),
	"In Talks": ("Agreed", "Declined"),
	"Agreed": ("Running", "Declined"),
	"Running": ("Published", "Declined"),
	"Published": (),
	"Declined": ("In Talks",),
}


class ResearchRequest(Document):
	def validate(self):
		if frappe.session.user == "Guest":
			self.status = "Received"
		editing.keep_program_fields(self)
		self.check_order()
		self.check_period()
		self.check_agreed()
		self.check_interviews()

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.status != self.status:
			self.tell_researcher()

	def check_order(self) -> None:
		before = self.get_doc_before_save()
		old = before.status if before else "Received"
		if self.status != old and self.status not in ORDER[old]:
			frappe.throw(
				_("A request that is {0} cannot become {1}.").format(_(old), _(self.status)),
				title=_("Not possible now"),
				exc=TransitionError,
			)
		if self.status == "Published" and not self.publication:
			frappe.throw(_("Where is it published? Write the address or the title."), title=_("Publication"))

	def tell_researcher(self) -> None:
		"""The researcher hears of each step; researchers write to us in English."""
		words = {"Declined": self.decline_reason or ""}.get(self.status, "")
		notices.tell(
			self.email,
			"en",
			lambda: (self.title, [_("Your research request {0} is now: {1}").format(self.name, _(self.status)), words]),
			about=self,
		)

	def check_period(self) -> None:
		if self.period_from and self.period_to and getdate(self.period_to) < getdate(self.period_from):
			frappe.throw(_("The period ends before it begins."), title=_("Period"))

	def check_agreed(self) -> None:
		if self.status in ACTIVE and not self.data_agreement_on:
			frappe.throw(
				_("First agree in writing how data is handled, and fill in the day."), title=_("Data Agreement On")
			)
		if self.status in ACTIVE and self.asks_interviews and not self.ethics_approval:
			frappe.throw(_("Interviews need the approval of an ethics committee."), title=_("Ethics Approval"))
		if self.status == "Declined" and not self.decline_reason:
			frappe.throw(_("Say why it is declined."), title=_("Decline Reason"))

	def check_interviews(self) -> None:
		"""Consent to an interview is asked apart from help and before it takes place."""
		for row in self.interviews:
			if not row.interviewed_on:
				continue
			if self.status not in (*ACTIVE, "Published"):
				frappe.throw(
					_("Row {0}: no interview before the research is agreed.").format(row.idx), title=_("Interviews")
				)
			if not row.consent_given or not row.consent_on or getdate(row.consent_on) > getdate(row.interviewed_on):
				frappe.throw(
					_("Row {0}: no interview without a consent that was given before it.").format(row.idx),
					title=_("Interviews"),
				)
			if row.withdrawn_on and getdate(row.withdrawn_on) <= getdate(row.interviewed_on):
				frappe.throw(_("Row {0}: this person withdrew the consent.").format(row.idx), title=_("Interviews"))
