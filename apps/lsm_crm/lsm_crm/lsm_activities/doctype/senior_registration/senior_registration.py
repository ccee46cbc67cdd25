import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.services import editing, seniors
from lsm_crm.services.links import require_read_on_links


class SeniorRegistration(Document):
	def validate(self):
		editing.keep_program_fields(self)
		require_read_on_links(self, "help_request")
		if self.is_new():
			self.note_source()
		self.check_person()
		self.check_transport()
		seniors.give_place(self)

	def note_source(self) -> None:
		if frappe.session.user == "Guest":
			self.source = "Web Form"
			self.status = "Applied"

	def check_person(self) -> None:
		if not (self.phone or self.email or self.relative_name):
			frappe.throw(_("How can we reach the person or a relative?"), title=_("Phone"))
		if self.birth_year and not 1900 <= self.birth_year <= getdate().year - 16:
			frappe.throw(_("Check the year of birth."), title=_("Birth Year"))
		if self.status == "Taking Part" and not (self.emergency_name and self.emergency_phone):
			frappe.throw(_("Whom do we call in an emergency? Fill in name and phone."), title=_("Whom to Call"))

	def check_transport(self) -> None:
		if self.status == "Taking Part" and (self.transport_there or self.transport_back) and not self.address:
			frappe.throw(_("Where is the person picked up? Fill in the address."), title=_("Address"))
