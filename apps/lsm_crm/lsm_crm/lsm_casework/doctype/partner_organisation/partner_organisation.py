import frappe
from frappe import _
from frappe.utils import to_timedelta

from lsm_crm.services import contact_data
from lsm_crm.services.links import changed
from lsm_crm.services.terms import Term


class PartnerOrganisation(Term):
	def validate(self):
		if changed(self, "phone"):
			self.phone = contact_data.normal_phone(self.phone, self.meta.get_label("phone"))
		if changed(self, "postcode"):
			self.postcode = contact_data.normal_postcode(self.postcode, self.meta.get_label("postcode"))
		self.check_hours()

	def check_hours(self):
		for row in self.opening_hours:
			if to_timedelta(row.closes_at) <= to_timedelta(row.opens_at):
				frappe.throw(
					_("Row {0}: on {1} it closes before it opens.").format(row.idx, _(row.weekday)),
					title=_("Opening hours"),
				)
