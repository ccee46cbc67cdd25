import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_time

from lsm_crm.services import recurrence, shift_maker


class ShiftRule(Document):
	def validate(self):
		self.check_calendar()
		if get_time(self.start_time) == get_time(self.end_time):
			frappe.throw(_("The shift ends when it begins."), title=_("Times"))
		for need in self.languages:
			if need.people < 1 or need.people > self.places:
				frappe.throw(
					_("Row {0}: the people needed for a language must fit into the places.").format(need.idx),
					title=_("Languages Needed"),
				)

	def check_calendar(self):
		try:
			recurrence.check(shift_maker.rule_of(self))
		except recurrence.RecurrenceError as error:
			frappe.throw(_(recurrence.MESSAGES[error.code]), title=_("How It Repeats"))
		except (ValueError, frappe.ValidationError):
			frappe.throw(_("A skipped day is written as 2026-12-31, one a line."), title=_("How It Repeats"))

	@frappe.whitelist(methods=["POST"])
	def make_shifts(self, until: str | None = None) -> int:
		"""Make the shifts now instead of in the night; returns how many."""
		self.check_permission("write")
		return len(shift_maker.make_shifts(self.name, until))
