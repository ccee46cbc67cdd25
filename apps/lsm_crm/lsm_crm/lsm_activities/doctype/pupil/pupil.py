import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from lsm_crm.constants import COORDINATOR
from lsm_crm.services import children, editing
from lsm_crm.services.links import require_read_on_links


class Pupil(Document):
	def validate(self):
		editing.keep_program_fields(self)
		require_read_on_links(self, "referral", "ride_with")
		if self.is_new():
			self.note_source()
		children.check_birth(self)
		self.check_lead()
		self.check_ready()
		self.check_ride()

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.status == "Active" and self.status == "Stopped":
			self.leave_groups()

	def note_source(self) -> None:
		self.applied_on = getdate()
		if frappe.session.user == "Guest":
			self.source = "Web Form"
			self.status = "Applied"
			self.consent_how = "Web Form" if self.consent_given else None
			self.consent_on = getdate() if self.consent_given else None

	def check_lead(self) -> None:
		"""Who registers a pupil looks after them until the coordinator gives them to someone else."""
		if editing.is_program(self) or COORDINATOR in frappe.get_roles() or frappe.session.user == "Guest":
			return
		before = self.get_doc_before_save()
		self.lead = before.lead if before else frappe.session.user

	def check_ready(self) -> None:
		if self.status != "Active":
			return
		children.require_consent(self)
		before = self.get_doc_before_save()
		day = getdate(self.applied_on) if before and before.status == "Active" else getdate()
		if not children.within(children.TUTORING_AGES, self.date_of_birth, day) and not (self.age_reason or "").strip():
			children.refuse(
				_(
					"{0} is {1} years old. The Onderwijsbrug is for 12 to 17; write the reason for this exception."
				).format(self.first_name, children.age_on(self.date_of_birth, getdate()))
			)
		if not self.subjects:
			frappe.throw(_("Choose at least one subject."), title=_("Subjects"))

	def check_ride(self) -> None:
		if self.ride_with and self.ride_with == self.name:
			frappe.throw(_("Nobody rides with themselves."), title=_("Ride With"))

	def leave_groups(self) -> None:
		for group in frappe.get_all("Tutoring Group Pupil", filters={"pupil": self.name}, pluck="parent"):
			doc = frappe.get_doc("Tutoring Group", group)
			doc.pupils = [row for row in doc.pupils if row.pupil != self.name]
			doc.flags.by_service = True
			doc.save(ignore_permissions=True)
