import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services import activity_states, children, editing


class TutoringGroup(Document):
	def validate(self):
		editing.keep_program_fields(self)
		activity_states.check_lead(self)
		children.check_same_rows(self.tutors, "user", _("A tutor stands there twice."))
		children.check_same_rows(self.pupils, "pupil", _("A pupil stands there twice."))
		self.check_pupils()
		self.check_places()

	def check_pupils(self) -> None:
		facts = {
			row.name: row
			for row in frappe.get_all(
				"Pupil",
				filters={"name": ("in", [row.pupil for row in self.pupils])},
				fields=["name", "status", "first_name"],
			)
		}
		for row in self.pupils:
			fact = facts.get(row.pupil)
			if fact and fact.status != "Active":
				children.refuse(_("{0} is not active: consent and age are checked first.").format(row.pupil))
			row.pupil_name = fact.first_name if fact else None

	def check_places(self) -> None:
		if self.places and len(self.pupils) > self.places:
			frappe.throw(_("This group has {0} places.").format(self.places), title=_("Places"))
