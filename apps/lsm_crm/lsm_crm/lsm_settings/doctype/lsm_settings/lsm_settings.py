import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import to_timedelta


class LSMSettings(Document):
	def validate(self):
		self.check_walk_in_hours()

	def check_walk_in_hours(self):
		for row in self.walk_in_hours:
			if to_timedelta(row.starts_at) >= to_timedelta(row.ends_at):
				frappe.throw(_("Walk-in hours, row {0}: the end is not after the begin.").format(row.idx))
