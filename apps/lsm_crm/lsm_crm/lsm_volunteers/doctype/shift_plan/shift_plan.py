import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff, getdate, now_datetime

from lsm_crm.services import outbox, roster

LONGEST_DAYS = 92
# Above this many places, agreeing is done in the background.
AT_ONCE = 60


class ShiftPlan(Document):
	def validate(self):
		if getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The last day lies before the first."), title=_("Until"))
		if date_diff(self.to_date, self.from_date) > LONGEST_DAYS:
			frappe.throw(_("Plan at most {0} days at a time.").format(LONGEST_DAYS), title=_("Until"))

	@frappe.whitelist(methods=["POST"])
	def propose(self) -> None:
		"""Fill the plan with a proposal; changes no shift."""
		self.check_permission("write")
		roster.propose_into(self)

	@frappe.whitelist(methods=["POST"])
	def agree(self) -> dict:
		"""Carry out what the coordinator left in the plan."""
		self.check_permission("write")
		if self.state != "Proposed":
			frappe.throw(_("Make a proposal first."), title=_("Shift Plan"))
		self.db_set({"state": "Agreed", "agreed_by": frappe.session.user, "agreed_on": now_datetime()})
		if len(self.places) > AT_ONCE:
			outbox.enqueue(
				"lsm_crm.lsm_volunteers.doctype.shift_plan.shift_plan.carry_out",
				queue="long",
				timeout=1500,
				plan=self.name,
			)
			return {"background": True}
		return roster.agree(self)

	@frappe.whitelist(methods=["POST"])
	def discard(self) -> None:
		"""Keep the plan as a record and do nothing with it."""
		self.check_permission("write")
		if self.state == "Agreed":
			frappe.throw(_("This plan was agreed on already."), title=_("Shift Plan"))
		self.db_set("state", "Discarded")


def carry_out(plan: str) -> None:
	"""Take the places of an agreed plan; rows that have an outcome are left, so that it may run again."""
	roster.agree(frappe.get_doc("Shift Plan", plan))
