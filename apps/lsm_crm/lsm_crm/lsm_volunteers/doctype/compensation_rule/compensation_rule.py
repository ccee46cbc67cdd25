import frappe
from frappe import _
from frappe.model.document import Document


class CompensationRule(Document):
	def validate(self):
		if not 2000 <= self.year <= 2100:
			frappe.throw(_("The year has four digits, such as 2026."), title=_("Year"))
		if not 0 < self.hour_under_21 <= self.hour_21_plus:
			frappe.throw(_("The figure under 21 is not above the one from 21."), title=_("An Hour"))
		if not self.hour_21_plus <= self.month <= self.year_total:
			frappe.throw(_("The month lies between the hour and the year."), title=_("Untaxed Maximum"))

	def on_trash(self):
		if frappe.db.exists(
			"Volunteer Expense",
			{
				"workflow_state": ("in", ("Approved", "Paid")),
				"day": ("between", (f"{self.year}-01-01", f"{self.year}-12-31")),
			},
		):
			frappe.throw(_("Payments of that year were made by these figures."), title=_("Kept"))
