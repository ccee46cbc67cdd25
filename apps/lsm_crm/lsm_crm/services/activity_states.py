"""What events, senior activities, lessons and days share: who leads them, and two adults where children are."""

import frappe
from frappe import _
from frappe.utils import add_years, getdate

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR, PORTAL_ROLES, STAFF_ROLES
from lsm_crm.exceptions import ChildSafetyError
from lsm_crm.services import editing, screening

ADULTS_NEEDED = 2
ADULT_AGE = 18
STAFF_WITHOUT_FILE = frozenset(STAFF_ROLES) - frozenset(PORTAL_ROLES)


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
	"""An account that works, and a volunteer's file that says so; staff whom the foundation knows may have none."""
	account = frappe.db.get_value("User", user, ["enabled", "full_name"], as_dict=True)
	if not account or not account.enabled:
		_refuse_adult(_("{0} no longer has an account here.").format(user))
	volunteer = frappe.db.get_value(
		"Volunteer", {"user": user}, ["name", "workflow_state", "under_18", "date_of_birth"], as_dict=True
	)
	if not volunteer:
		if not STAFF_WITHOUT_FILE & set(frappe.get_roles(user)):
			_refuse_adult(_("{0} has no volunteer's file.").format(account.full_name))
		return
	if volunteer.workflow_state != "Active":
		_refuse_adult(_("{0} is not an active volunteer now.").format(account.full_name))
	if volunteer.under_18 and not _is_18(volunteer.date_of_birth):
		_refuse_adult(_("{0} is younger than 18.").format(account.full_name))
	gaps = screening.missing(volunteer.name, _roles_with_children(volunteer.name))
	if gaps:
		_refuse_adult(f"{account.full_name}: {gaps[0].sentence()}")


def _is_18(born) -> bool:
	return bool(born) and getdate(born) <= add_years(getdate(), -ADULT_AGE)


def _roles_with_children(volunteer: str) -> list[str]:
	roles = frappe.get_all("Volunteer Role Choice", {"parent": volunteer, "parenttype": "Volunteer"}, pluck="role")
	found = frappe.get_all("Volunteer Role", {"name": ("in", roles), "works_with_children": 1}, pluck="name")
	if not found:
		_refuse_adult(_("{0} has no role in which one works with children.").format(volunteer))
	return found


def _refuse_adult(sentence: str) -> None:
	frappe.throw(sentence, title=_("Two adults"), exc=ChildSafetyError)
