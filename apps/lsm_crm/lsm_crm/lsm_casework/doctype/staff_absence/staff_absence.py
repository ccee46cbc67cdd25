import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.constants import COORDINATOR


class StaffAbsence(Document):
	def validate(self):
		if getdate(self.until_date) < getdate(self.from_date):
			frappe.throw(_("The absence ends before it starts."), title=_("Until"))
		own = self.user == frappe.session.user
		if not own and not self.flags.ignore_permissions and COORDINATOR not in frappe.get_roles():
			frappe.throw(_("Only the coordinator enters the absence of somebody else."), exc=frappe.PermissionError)
