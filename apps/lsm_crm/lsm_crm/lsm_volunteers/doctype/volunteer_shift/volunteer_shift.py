import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, time_diff_in_hours

from lsm_crm.exceptions import ShiftRefusedError
from lsm_crm.services import rooms, shift_places

LONGEST_SHIFT_HOURS = 16


class VolunteerShift(Document):
	def validate(self):
		self.check_times()
		rooms.hold_chosen_room(self)
		self.check_places()
		self.check_changes()
		self.set_state()

	def on_update(self):
		before = self.get_doc_before_save()
		if not before:
			return
		if self.state == "Cancelled" and before.state != "Cancelled":
			shift_places.cancel_places(self)
		elif self.has_moved(before):
			self.tell_about_change()
		if self.places > before.places:
			for _free_place in range(self.places - before.places):
				shift_places.promote(self.name)

	def check_times(self):
		hours = time_diff_in_hours(self.ends_at, self.starts_at)
		if hours <= 0:
			frappe.throw(_("The shift ends before it begins."), title=_("Times"))
		if hours > LONGEST_SHIFT_HOURS:
			frappe.throw(_("A shift lasts at most {0} hours.").format(LONGEST_SHIFT_HOURS), title=_("Times"))

	def check_places(self):
		if self.places < 1:
			frappe.throw(_("A shift has at least one place."), title=_("Places"))
		if self.places < (self.taken or 0):
			frappe.throw(
				_("{0} places are taken already: free some of them first.").format(self.taken),
				title=_("Places"),
				exc=ShiftRefusedError,
			)
		for need in self.languages:
			if need.people < 1 or need.people > self.places:
				frappe.throw(
					_("Row {0}: the people needed for a language must fit into the places.").format(need.idx),
					title=_("Languages Needed"),
				)

	def check_changes(self):
		before = self.get_doc_before_save()
		if before and before.state == "Cancelled" and self.state != "Cancelled":
			frappe.throw(_("A cancelled shift stays cancelled: make a new one."), title=_("Cancelled"))
		if before and before.role != self.role and self.taken:
			frappe.throw(_("The role cannot change while places are taken."), title=_("Role"))

	def set_state(self):
		if self.state != "Cancelled":
			self.state = "Full" if (self.taken or 0) >= self.places else "Open"

	def has_moved(self, before) -> bool:
		return (get_datetime(before.starts_at), get_datetime(before.ends_at), before.venue) != (
			get_datetime(self.starts_at),
			get_datetime(self.ends_at),
			self.venue,
		)

	def tell_about_change(self):
		"""Those in the shift are told; who cannot stand there at the new time is shown to the coordinator."""
		places = frappe.get_all(
			"Shift Place",
			{"shift": self.name, "state": ("in", ("Taken", "Offered", "Reserve"))},
			["name", "volunteer", "state"],
		)
		clashes = []
		for place in places:
			values = {"starts_at": self.starts_at, "ends_at": self.ends_at, "role": self.role}
			frappe.db.set_value("Shift Place", place.name, values, update_modified=False)
			if place.state == "Reserve":
				continue
			shift_places.tell(place.volunteer, self, "shift_changed")
			if shift_places.time_reasons(place.volunteer, self, ignore_place=place.name):
				clashes.append(frappe.db.get_value("Volunteer", place.volunteer, "full_name"))
		if clashes:
			frappe.msgprint(
				_("Now in conflict with another shift: {0}").format(", ".join(clashes)), title=_("Conflicts")
			)
