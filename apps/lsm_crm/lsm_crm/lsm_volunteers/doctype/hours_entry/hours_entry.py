import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate, today

from lsm_crm.exceptions import ReadOnlyStateError
from lsm_crm.services import hours

LONGEST_DAY = 24
# What an approval was given for.
APPROVED_FIELDS = ("day", "hours", "volunteer", "role")


class HoursEntry(Document):
	def validate(self):
		self.check_amount()
		self.check_approved()
		hours.check_judged(self)

	def check_amount(self):
		amount = flt(self.hours)
		if not 0 < amount <= LONGEST_DAY:
			frappe.throw(_("Hours lie between 0 and {0} a day.").format(LONGEST_DAY), title=_("Hours"))
		if getdate(self.day) > getdate(today()):
			frappe.throw(_("Hours are written down afterwards: the day lies in the future."), title=_("Day"))
		others = frappe.get_all(
			"Hours Entry",
			{"volunteer": self.volunteer, "day": self.day, "name": ("!=", self.name or ""), "state": ("!=", "Refused")},
			pluck="hours",
		)
		if self.state != "Refused" and sum(others) + amount > LONGEST_DAY:
			frappe.throw(_("That makes more than {0} hours on one day.").format(LONGEST_DAY), title=_("Hours"))

	def check_approved(self):
		before = self.get_doc_before_save()
		if before and before.state == "Approved" and any(self.has_value_changed(field) for field in APPROVED_FIELDS):
			frappe.throw(
				_("Approved hours stay as they are: refuse them with a reason and write new ones."),
				title=_("Approved"),
				exc=ReadOnlyStateError,
			)
