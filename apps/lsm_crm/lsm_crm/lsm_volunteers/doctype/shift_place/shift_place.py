import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from lsm_crm.services import shift_places


class ShiftPlace(Document):
	def validate(self):
		self.copy_from_shift()
		self.set_key()
		self.check_place()

	def on_update(self):
		shift_places.recount(self.shift)

	def after_delete(self):
		shift_places.recount(self.shift)

	def copy_from_shift(self):
		shift = frappe.db.get_value("Volunteer Shift", self.shift, ["role", "starts_at", "ends_at"], as_dict=True)
		if shift:
			self.update(shift)
		self.first_name = frappe.db.get_value("Volunteer", self.volunteer, "first_name")

	def set_key(self):
		# Unique in the database: nobody stands twice in one shift, whatever happens at the same moment.
		active = self.state in shift_places.ACTIVE
		self.active_key = shift_places.key_of(self.shift, self.volunteer) if active else None
		if self.state == "Reserve":
			self.reserve_since = self.reserve_since or now_datetime()

	def check_place(self):
		before = self.get_doc_before_save()
		becomes_taken = self.state in ("Taken", "Offered") and not (before and before.state in shift_places.HELD)
		if becomes_taken:
			shift_places.check_take(self)
		elif self.is_new() and self.state not in ("Taken", "Reserve"):
			frappe.throw(_("A new place is taken or on the reserve list."), title=_("Shift Place"))
