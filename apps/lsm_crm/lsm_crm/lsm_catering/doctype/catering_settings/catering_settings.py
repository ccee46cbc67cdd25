import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate


class CateringSettings(Document):
	def validate(self):
		self.check_days()
		for field in ("vat_rate", "late_cancel_percent"):
			if not 0 <= (self.get(field) or 0) <= 100:
				frappe.throw(_("{0} must lie between 0 and 100.").format(_(self.meta.get_label(field))))

	def check_days(self) -> None:
		seen = set()
		for row in self.kitchen_days:
			if getdate(row.day) in seen:
				frappe.throw(_("{0} stands there twice.").format(format_date(row.day)), title=_("Kitchen Days"))
			seen.add(getdate(row.day))
