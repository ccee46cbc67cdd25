import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR
from lsm_crm.services import activity_states, editing, event_feedback, registrations, rooms
from lsm_crm.services.editing import require
from lsm_crm.services.workflow import WorkflowDocument

AFTERWARDS = frozenset({"head_count", "costs", "takings", "team"})
CHANGED_ON_THE_DAY = frozenset({"room", "venue", "ends_on", "place_note", "cancel_reason"})
EVERYTHING = {COORDINATOR: editing.ANYTHING, ACTIVITY_LEAD: editing.ANYTHING}
EDITING: editing.Editing = {
	"Draft": EVERYTHING,
	"Published": EVERYTHING,
	"Running": {COORDINATOR: editing.ANYTHING, ACTIVITY_LEAD: AFTERWARDS | CHANGED_ON_THE_DAY},
	"Completed": {COORDINATOR: AFTERWARDS, ACTIVITY_LEAD: AFTERWARDS},
	"Cancelled": {COORDINATOR: frozenset({"cancel_reason"})},
}


class LSMEvent(WorkflowDocument):
	def onload(self):
		self.set_onload("interpreters", registrations.interpreters_needed(self))

	def validate(self):
		editing.keep_program_fields(self)
		editing.check_editable(self, EDITING)
		activity_states.check_lead(self)
		rooms.hold_room(self)
		self.check_capacity()

	def on_update(self):
		before = self.get_doc_before_save()
		if before and before.workflow_state != self.workflow_state == "Cancelled":
			registrations.tell_cancelled(self)
		elif before and before.workflow_state != self.workflow_state == "Completed":
			event_feedback.ask(self)
		elif self.capacity_grew():
			registrations.offer_free_places(self.name)

	def on_trash(self):
		if frappe.db.exists("Event Registration", {"event": self.name}):
			frappe.throw(_("People have signed up: cancel the event instead, then they are told."))

	def check_capacity(self) -> None:
		if not self.capacity:
			return
		room = frappe.db.get_value("Venue Room", self.room, "capacity") if self.room else 0
		if room and self.capacity > room:
			frappe.throw(
				_("{0} holds {1} people; this event says {2}.").format(self.room, room, self.capacity),
				title=_("Capacity"),
			)
		before = self.get_doc_before_save()
		if before and before.capacity != self.capacity and self.capacity < (self.places_taken or 0):
			frappe.throw(_("{0} places are taken already.").format(self.places_taken), title=_("Capacity"))

	@property
	def is_eatery(self) -> bool:
		return bool(frappe.db.get_value("Event Type", self.event_type, "is_eatery"))

	def check_for_whom(self) -> None:
		"""What a kind of event needs before anyone can sign up for it."""
		seats = self.capacity or not self.is_eatery
		organisation = self.partner or not self.for_organisations
		require(
			[
				(seats, _("How many seats are there? Fill in the capacity.")),
				(organisation, _("For which organisation is it? Choose the partner.")),
			],
			_("Not yet complete"),
		)

	def capacity_grew(self) -> bool:
		before = self.get_doc_before_save()
		return bool(before and before.capacity != self.capacity and self.workflow_state == "Published")

	def _refuse_edit_in_state(self, state: str) -> None:
		"""What each role may change in a state is finer here: see EDITING, checked in validate."""

	def before_transition(self, old: str, new: str) -> None:
		"""Say what is missing for the step that is being taken."""
		if new == "Published":
			place = self.room or self.venue or self.place_note
			require([(place, _("Where is it? Choose a venue or write the place."))], _("Not yet complete"))
			if get_datetime(self.ends_on) < now_datetime() and not editing.is_program(self):
				frappe.throw(_("It is over already."), title=_("Time"))
			activity_states.check_adults_for_children(self)
			self.check_for_whom()
		elif new == "Running":
			cooks = [row for row in self.team if row.task == "Cook"]
			require([(cooks or not self.is_eatery, _("Who cooks? Put a cook in the team."))], _("Team"))
		elif new == "Draft":
			if self.places_taken:
				frappe.throw(_("People have signed up: cancel the event instead, then they are told."))
		elif new == "Completed":
			came = self.head_count or registrations.attended(self.name)
			require([(came, _("How many people came? Fill in the head count."))], _("Head Count"))
			self.head_count = max(self.head_count or 0, registrations.attended(self.name))
			registrations.close(self)
		elif new == "Cancelled":
			require([(self.cancel_reason, _("Say why it is cancelled: everyone is told."))], _("Cancel Reason"))
