import frappe
from frappe import _
from frappe.utils import getdate

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR
from lsm_crm.services import activity_states, editing, seniors
from lsm_crm.services.editing import require
from lsm_crm.services.workflow import WorkflowDocument

EVERYTHING = {COORDINATOR: editing.ANYTHING, ACTIVITY_LEAD: editing.ANYTHING}
EDITING: editing.Editing = {
	"Draft": EVERYTHING,
	"Published": EVERYTHING,
	"Running": EVERYTHING,
	"Completed": {COORDINATOR: frozenset({"team", "programme"})},
	"Cancelled": {COORDINATOR: frozenset({"cancel_reason"})},
}


class SeniorActivity(WorkflowDocument):
	def validate(self):
		editing.keep_program_fields(self)
		editing.check_editable(self, EDITING)
		activity_states.check_lead(self)
		if getdate(self.ends_on) < getdate(self.starts_on):
			frappe.throw(_("It ends before it begins."), title=_("Period"))

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state != self.workflow_state == "Cancelled":
			seniors.tell_cancelled(self)

	def on_trash(self):
		if frappe.db.exists("Senior Registration", {"senior_activity": self.name}):
			frappe.throw(_("People have signed up: cancel the activity instead, then they are told."))

	def _refuse_edit_in_state(self, state: str) -> None:
		"""What each role may change in a state is finer here: see EDITING, checked in validate."""

	def before_transition(self, old: str, new: str) -> None:
		"""Say what is missing for the step that is being taken."""
		if new == "Published":
			require([(self.venue, _("Where is it? Choose a venue."))], _("Not yet complete"))
		elif new == "Draft" and frappe.db.exists("Senior Registration", {"senior_activity": self.name}):
			frappe.throw(_("People have signed up: cancel the activity instead, then they are told."))
		elif new == "Completed":
			held = frappe.db.exists("Senior Session", {"senior_activity": self.name, "state": "Held"})
			require([(held, _("No session has been held yet."))], _("Sessions"))
		elif new == "Cancelled":
			require([(self.cancel_reason, _("Say why it is cancelled: everyone is told."))], _("Cancel Reason"))
