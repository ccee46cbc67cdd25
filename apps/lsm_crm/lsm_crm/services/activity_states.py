"""What events, senior activities, lessons and days share: who leads them, and two adults where children are."""

import frappe
from frappe import _

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR
from lsm_crm.exceptions import ChildSafetyError
from lsm_crm.services import editing

ADULTS_NEEDED = 2


def check_lead(doc) -> None:
	"""An activity lead may make and keep only what they lead; handing over is the coordinator's."""
	if editing.is_program(doc) or COORDINATOR in frappe.get_roles():
		return
	if ACTIVITY_LEAD not in frappe.get_roles():
		return
	before = doc.get_doc_before_save()
	if (before.lead if before else doc.lead) != frappe.session.user:
		frappe.throw(_("Only who leads it can change this."), exc=frappe.PermissionError)
	if before and doc.lead != before.lead:
		frappe.throw(_("The coordinator hands an activity to someone else."), exc=frappe.PermissionError)


def check_adults_for_children(event) -> None:
	"""An event for children names two adults before it is published."""
	if not frappe.db.get_value("Event Type", event.event_type, "for_children"):
		return
	people = {row.user for row in event.team if row.task in ("Host", "Supervisor", "Helper", "Speaker")}
	require_adults(people)


def require_adults(users: set[str]) -> None:
	"""Refuse fewer than two different adults, or anyone who may not work with children now."""
	users = {user for user in users if user}
	if len(users) < ADULTS_NEEDED:
		frappe.throw(
			_("Two adults must be there; {0} is named.").format(len(users))
			if len(users) == 1
			else _("Two adults must be there; nobody is named."),
			title=_("Two adults"),
			exc=ChildSafetyError,
		)
	for user in sorted(users):
		_check_adult(user)


def _check_adult(user: str) -> None:
	enabled = frappe.db.get_value("User", user, "enabled")
	if not enabled:
		frappe.throw(_("{0} no longer has an account here.").format(user), exc=ChildSafetyError)
	if not frappe.db.exists("DocType", "Volunteer"):
		return
	state = frappe.db.get_value("Volunteer", {"user": user}, "workflow_state")
	if state and state != "Active":
		frappe.throw(
			_("{0} is not an active volunteer now.").format(frappe.utils.get_fullname(user)),
			title=_("Two adults"),
			exc=ChildSafetyError,
		)
