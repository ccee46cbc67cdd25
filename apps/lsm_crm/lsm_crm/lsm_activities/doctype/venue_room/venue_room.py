import frappe
from frappe import _
from frappe.model.document import Document


class VenueRoom(Document):
	def validate(self):
		if not (self.room_name or "").strip():
			frappe.throw(_("Give the room a name."))
