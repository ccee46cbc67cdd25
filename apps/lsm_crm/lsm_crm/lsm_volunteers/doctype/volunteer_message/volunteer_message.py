from frappe.model.document import Document
from frappe.utils import get_url

from lsm_crm.services import volunteer_mail


class VolunteerMessage(Document):
	def before_insert(self):
		if not self.flags.from_portal:
			self.from_volunteer = 0

	def after_insert(self):
		if not self.from_volunteer:
			# The mail says only that there is a message: mail is not private enough for more.
			volunteer_mail.send(self.volunteer, "message", link=get_url("/portal/messages"))
