"""A year in figures and text. Counted from the records until the year is closed; from then on it stands."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.utils import cint, now_datetime, nowdate

from lsm_crm.exceptions import YearClosedError
from lsm_crm.services.figures import annual


class AnnualReport(Document):
	def validate(self):
		self.refuse_closed_year()
		self.check_year()
		self.show_entered_values()

	def after_insert(self):
		self.count_figures()

	def on_trash(self):
		self.refuse_closed_year()
		frappe.db.delete("Annual Report Source", {"annual_report": self.name})

	def refuse_closed_year(self):
		if not self.is_new() and frappe.db.get_value("Annual Report", self.name, "status") == "Closed":
			frappe.throw(
				_("The year {0} is closed: its report stays as it is.").format(self.year),
				title=_("Closed year"),
				exc=YearClosedError,
			)

	def check_year(self):
		if not 2020 <= cint(self.year) <= now_datetime().year:
			frappe.throw(_("The year lies between 2020, when the foundation began, and this year."), title=_("Year"))

	def show_entered_values(self):
		for row in self.figures:
			definition = annual.BY_KEY.get(row.figure)
			if definition and not definition.count:
				row.shown_value = annual.shown(definition, row.entered_value or 0) if row.entered_value else ""

	def count_figures(self):
		"""Count every figure again, while the year is open."""
		annual.fill(self)
		self.counted_on = now_datetime()
		self.save()

	def close_year(self):
		"""Count one last time and freeze figures, their sources and the roll-up of the year."""
		if self.year >= now_datetime().year:
			frappe.throw(
				_("The year {0} is not over yet, so it cannot be closed.").format(self.year), exc=YearClosedError
			)
		annual.fill(self)
		self.update({"counted_on": now_datetime(), "closed_on": nowdate(), "closed_by": frappe.session.user})
		self.status = "Closed"
		self.save()
		source = DocType("Annual Report Source")
		frappe.qb.update(source).set(source.frozen, 1).where(source.annual_report == self.name).run()
