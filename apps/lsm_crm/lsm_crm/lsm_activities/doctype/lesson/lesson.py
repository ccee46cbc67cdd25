import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from lsm_crm.services import children, editing, event_feedback, rooms

ORDER = {
	"Planned": ("Confirmed", "Cancelled"),
	"Confirmed": ("Planned", "Held", "Cancelled"),
	"Held": (),
	"Cancelled": (),
}
TAKES_PLACE = ("Confirmed", "Held")


class Lesson(Document):
	def validate(self):
		editing.keep_program_fields(self)
		self.fill_from_group()
		self.check_state()
		self.check_people()
		rooms.hold_room(self)

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.state != self.state == "Held":
			event_feedback.ask_parents(self)

	def on_trash(self):
		if self.state == "Held":
			frappe.throw(_("A lesson that was held is kept."))

	def fill_from_group(self) -> None:
		group = frappe.get_cached_doc("Tutoring Group", self.tutoring_group)
		self.lead = group.lead
		if not self.is_new():
			return
		if not self.venue and self.mode == "In Person":
			self.venue, self.room = group.venue, group.room
		if not self.adults:
			self.set("adults", [{"user": row.user, "task": "Tutor", "present": 1} for row in group.tutors])
		if not self.attendance:
			self.set("attendance", [{"pupil": row.pupil} for row in group.pupils])

	def check_state(self) -> None:
		"""The order of states holds for every door; nothing starts as confirmed without its checks."""
		before = self.get_doc_before_save()
		old = before.state if before else "Planned"
		if self.state != old and self.state not in ORDER[old]:
			children.refuse(_("A lesson that is {0} cannot become {1}.").format(_(old), _(self.state)))
		if self.state == "Cancelled" and not self.cancel_reason:
			frappe.throw(_("Say why the lesson is cancelled."), title=_("Cancel Reason"))

	def check_people(self) -> None:
		children.check_same_rows(self.adults, "user", _("An adult stands there twice."))
		children.check_same_rows(self.attendance, "pupil", _("A pupil stands there twice."))
		self.check_pupils()
		if self.state in TAKES_PLACE:
			children.check_adults([row.user for row in self.adults])
			if self.mode == "In Person" and not self.venue:
				frappe.throw(_("Where is the lesson? Choose a venue."), title=_("Venue"))
		if self.state == "Held":
			self.check_held()

	def check_pupils(self) -> None:
		names = [row.pupil for row in self.attendance]
		facts = {
			row.name: row
			for row in frappe.get_all(
				"Pupil", filters={"name": ("in", names)}, fields=["name", "first_name", "status", "consent_given"]
			)
		}
		before = self.get_doc_before_save()
		known = {row.pupil for row in before.attendance} if before else set()
		for row in self.attendance:
			fact = facts.get(row.pupil)
			row.pupil_name = fact.first_name if fact else None
			if fact and row.pupil not in known and fact.status != "Active":
				children.refuse(_("{0} is not active: consent and age are checked first.").format(row.pupil))

	def check_held(self) -> None:
		if get_datetime(self.starts_on) > now_datetime():
			frappe.throw(_("The lesson has not begun yet."), title=_("State"))
		if any(not row.presence for row in self.attendance):
			frappe.throw(_("Say of every pupil whether they were there."), title=_("Attendance"))
		present = [row.user for row in self.adults if row.present]
		if len(set(present)) < 2:
			children.refuse(_("Two adults must have been there. If not, tell the coordinator and cancel the lesson."))
