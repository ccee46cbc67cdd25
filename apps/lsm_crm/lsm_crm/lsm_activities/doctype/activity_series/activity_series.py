import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.services import activity_series, activity_states, editing, recurrence


class ActivitySeries(Document):
	def validate(self):
		editing.keep_program_fields(self)
		activity_states.check_lead(self)
		self.check_rule()
		self.check_exceptions()

	def check_rule(self) -> None:
		if frappe.utils.to_timedelta(str(self.end_time)) <= frappe.utils.to_timedelta(str(self.start_time)):
			frappe.throw(_("It ends before it begins."), title=_("Time"))
		try:
			recurrence.check(activity_series.rule_of(self))
		except recurrence.RecurrenceError as error:
			frappe.throw(_(str(error)), title=_("Days"))

	def check_exceptions(self) -> None:
		seen = set()
		for row in self.exceptions:
			if row.action == "Moved" and not (row.new_day or row.new_start):
				frappe.throw(_("Row {0}: to which day or time is it moved?").format(row.idx), title=_("Exceptions"))
			if getdate(row.day) in seen:
				frappe.throw(_("Row {0}: this day stands there twice.").format(row.idx), title=_("Exceptions"))
			seen.add(getdate(row.day))
