import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate

from lsm_crm.constants import COORDINATOR
from lsm_crm.services import editing
from lsm_crm.services.links import require_read_on_links

# B. Boardman, Fuel Poverty (1991): a household is energy poor when more than a tenth of its income goes to energy.
POOR_ABOVE_PERCENT = 10
MIDDLE_OF_BAND = {
	"Under 1000": 750,
	"1000 to 1499": 1250,
	"1500 to 1999": 1750,
	"2000 to 2499": 2250,
	"2500 or More": 2750,
}


class EnergyIntake(Document):
	def validate(self):
		editing.keep_program_fields(self, ("energy_ratio", "energy_poor", "energy_ratio_after", "saving_per_month"))
		require_read_on_links(self, "help_request", "debt_help_request")
		self.keep_worker()
		self.check_done()
		self.work_out()

	def keep_worker(self) -> None:
		"""Handing an intake to a colleague is the coordinator's."""
		if editing.is_program(self) or COORDINATOR in frappe.get_roles():
			return
		before = self.get_doc_before_save()
		self.worker = before.worker if before else frappe.session.user

	def check_done(self) -> None:
		if self.status == "Done" and not self.cost_after:
			frappe.throw(_("What does the energy cost a month now?"), title=_("Cost a Month After"))
		if self.status == "Done" and self.debt_help_needed and not self.debt_help_request:
			frappe.throw(
				_("Debt help is needed: first choose the help request in which it was asked for."), title=_("Debt Help")
			)
		for row in self.measures:
			if row.done_on and getdate(row.done_on) < getdate(self.intake_date):
				frappe.throw(_("Row {0}: a measure is taken after the intake.").format(row.idx), title=_("Measures"))

	def work_out(self) -> None:
		"""Share of the income that goes to energy, in percent; 0 while the income is not known."""
		income = flt(self.monthly_income) or MIDDLE_OF_BAND.get(self.income_band or "", 0)
		self.energy_ratio = flt(flt(self.cost_before) / income * 100, 1) if income else 0
		self.energy_ratio_after = flt(flt(self.cost_after) / income * 100, 1) if income and self.cost_after else 0
		self.energy_poor = int(self.energy_ratio > POOR_ABOVE_PERCENT)
		self.saving_per_month = flt(sum(flt(row.saving_per_month) for row in self.measures if row.done_on), 2)
