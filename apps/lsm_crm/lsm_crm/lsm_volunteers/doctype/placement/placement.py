import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, add_months, cint, getdate

from lsm_crm.services.transitions import require


class Placement(Document):
	def validate(self):
		self.set_end()
		self.check_supervisor()
		self.check_interviews()
		self.check_state()

	@property
	def is_internship(self) -> bool:
		return (self.kind or "").startswith("Internship")

	def set_end(self):
		if self.is_internship:
			require([(self.months, _("An internship lasts 3 or 6 months: choose one."))], _("Months"))
			self.ends_on = add_days(add_months(self.starts_on, cint(self.months)), -1)
		require([(self.ends_on, _("The last day is missing."))], _("Until"))
		if getdate(self.ends_on) < getdate(self.starts_on):
			frappe.throw(_("The last day lies before the first."), title=_("Until"))

	def check_supervisor(self):
		if self.supervisor and frappe.db.get_value("Volunteer", self.volunteer, "user") == self.supervisor:
			frappe.throw(_("Nobody supervises themselves."), title=_("Our Supervisor"))

	def check_interviews(self):
		for row in self.interviews:
			if row.interviewed_on and getdate(row.interviewed_on) < getdate(row.given_on):
				frappe.throw(
					_("Row {0}: the interview was before the consent was given.").format(row.idx), title=_("Interviews")
				)
			if row.withdrawn_on and row.interviewed_on and getdate(row.interviewed_on) >= getdate(row.withdrawn_on):
				frappe.throw(
					_("Row {0}: the consent had been withdrawn by then.").format(row.idx), title=_("Interviews")
				)

	def check_state(self):
		if self.state == "Completed":
			require(
				[
					(self.goals, _("Write at least one goal.")),
					(all(row.assessment for row in self.goals), _("Each goal needs an assessment.")),
					(self.assessment, _("The assessment is missing.")),
					(self.assessed_on, _("Write when it was assessed.")),
				],
				_("Completing"),
			)
		if self.state == "Stopped":
			require([(self.stop_reason, _("Write why the placement stopped."))], _("Stopping"))
