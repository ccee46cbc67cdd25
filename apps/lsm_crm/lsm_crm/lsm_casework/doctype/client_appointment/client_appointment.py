import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from lsm_crm.services import conflicts, rooms
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.links import changed, require_read_on_links


class ClientAppointment(Document):
	def validate(self):
		require_read_on_links(self, "client", "case")
		refuse_bsn(self, "subject", "location", "instructions")
		self.check_times()
		rooms.hold_chosen_room(self)
		self.check_case()
		if self.interpreter and changed(self, "interpreter"):
			conflicts.check_person(self.interpreter, self.client, self.case)

	def check_times(self):
		if get_datetime(self.ends_on) <= get_datetime(self.starts_on):
			frappe.throw(_("The appointment ends before it starts."), title=_("Ends"))

	def check_case(self):
		if self.case and frappe.db.get_value("Case", self.case, "client") != self.client:
			frappe.throw(_("The case {0} belongs to another client.").format(self.case), title=_("Case"))
