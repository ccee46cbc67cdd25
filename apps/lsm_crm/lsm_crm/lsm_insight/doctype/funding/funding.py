"""A grant: what was promised with it, what was reached, what it cost."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Sum
from frappe.utils import flt, getdate

from lsm_crm.services.figures.suppression import FEWEST


class Funding(Document):
	def validate(self):
		self.check_period()
		self.add_up_costs()
		self.count_goals()

	def check_period(self):
		if getdate(self.ends_on) < getdate(self.starts_on):
			frappe.throw(_("The grant ends before it starts."), title=_("Period"))
		for row in self.costs:
			if not getdate(self.starts_on) <= getdate(row.day) <= getdate(self.ends_on):
				frappe.throw(
					_("Row {0} of the costs: {1} lies outside the period of the grant.").format(
						row.idx, frappe.format(row.day, "Date")
					),
					title=_("Period"),
				)

	def add_up_costs(self):
		self.spent = sum(flt(row.amount) for row in self.costs)
		self.left_over = flt(self.amount) - self.spent

	def count_goals(self):
		"""What was reached, from the roll-up; small numbers of people are not told, as the board reads this."""
		for row in self.goals:
			if row.figure:
				row.reached = reached(row.figure, self.starts_on, self.ends_on)


def reached(figure: str, first, last) -> float:
	"""Sum of a figure over a period, zero when fewer than five people stand behind it."""
	table = DocType("Daily Figure")
	((amount, people),) = (
		frappe.qb.from_(table)
		.select(Sum(table.amount), Sum(table.people))
		.where((table.figure == figure) & (table.grain == "Day"))
		.where(table.day[getdate(first) : getdate(last)])
		.run()
	)
	return flt(amount) if (people or 0) >= FEWEST else 0.0
