import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services import editing, rooms, seniors


class SeniorSession(Document):
	def validate(self):
		editing.keep_program_fields(self)
		self.fill_from_activity()
		rooms.hold_room(self)
		self.check_attendance()

	def on_update(self):
		if self.state == "Held":
			seniors.follow_absences(self)

	def fill_from_activity(self) -> None:
		activity = frappe.db.get_value("Senior Activity", self.senior_activity, ["lead", "venue", "room"], as_dict=True)
		if not activity:
			return  # the framework says that there is none
		self.lead = activity.lead
		if self.is_new() and not self.venue:
			self.venue, self.room = activity.venue, activity.room
		if self.is_new() and not self.attendance:
			for name in seniors.taking_part(self.senior_activity):
				self.append("attendance", {"sign_up": name})

	def check_attendance(self) -> None:
		names = [row.sign_up for row in self.attendance]
		if len(names) != len(set(names)):
			frappe.throw(_("Someone stands on the list twice."), title=_("Attendance"))
		strangers = frappe.get_all(
			"Senior Registration",
			filters={"name": ("in", names), "senior_activity": ("!=", self.senior_activity)},
			pluck="person_name",
		)
		if strangers:
			frappe.throw(_("{0} takes part in another activity.").format(", ".join(strangers)), title=_("Attendance"))
		if self.satisfaction and not 1 <= self.satisfaction <= 5:
			frappe.throw(_("Satisfaction is a figure from 1 to 5."), title=_("Satisfaction"))
		if self.state == "Held" and any(not row.presence for row in self.attendance):
			frappe.throw(_("Say of everyone on the list whether they were there."), title=_("Attendance"))
