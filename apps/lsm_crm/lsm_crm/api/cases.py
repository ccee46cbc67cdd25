"""What the buttons of a case do."""

import frappe

from lsm_crm.constants import COORDINATOR
from lsm_crm.services import (
	appointment_feed,
	assignment,
	case_deadlines,
	case_timeline,
	handover,
	letters,
	referral_links,
)
from lsm_crm.services.access import require, require_role


@frappe.whitelist(methods=["GET"])
def suggest_workers(case: str) -> list[dict]:
	"""Workers who could take the case, the best first, with reasons."""
	require_role(COORDINATOR)
	require("Case", "read", case)
	return assignment.suggest(frappe.get_doc("Case", case))


@frappe.whitelist(methods=["POST"])
def hand_over(leaving: str, successor: str, reason: str) -> dict:
	"""Give all open cases of one worker to another."""
	require_role(COORDINATOR)
	return handover.hand_over(leaving, successor, reason)


@frappe.whitelist(methods=["GET"])
def timeline(case: str) -> list[dict]:
	"""All that happened in a case that the user may read."""
	require("Case", "read", case)
	return case_timeline.of_case(frappe.get_doc("Case", case))


@frappe.whitelist(methods=["GET"])
def deadline_choices(case: str) -> list[dict]:
	"""Deadlines of the case's type, legal terms among them, to choose one from."""
	require("Case", "read", case)
	return case_deadlines.choices(frappe.get_doc("Case", case))


@frappe.whitelist(methods=["POST"])
def add_deadline(case: str, row: str, counted_from: str) -> dict:
	"""Set a deadline of the case's type, counted from the day of the letter; gives its number and date."""
	require("Case", "write", case)
	require("Case Deadline", "create")
	deadline = case_deadlines.add_from_type(frappe.get_doc("Case", case), row, counted_from)
	return {"name": deadline.name, "due_on": str(deadline.due_on)}


@frappe.whitelist(methods=["GET"])
def letter_templates(case: str) -> list[dict]:
	"""Templates for letters in this case."""
	require("Case", "read", case)
	return letters.templates_for(frappe.get_doc("Case", case))


@frappe.whitelist(methods=["POST"])
def write_letter(case: str, template: str) -> str:
	"""Make a letter from a template; gives its number."""
	require("Case", "write", case)
	require("Case Letter", "create")
	require("Letter Template", "read", template)
	return letters.write(frappe.get_doc("Case", case), template).name


@frappe.whitelist(methods=["POST"])
def send_referral(referral: str) -> bool:
	"""Mail the partner a link to answer; False where no mail account is set up."""
	require("Referral", "write", referral)
	return referral_links.send(frappe.get_doc("Referral", referral))


@frappe.whitelist(methods=["POST"])
def new_calendar_address() -> str:
	"""A fresh address of the user's own appointments; the former one stops working."""
	require("Client Appointment", "read")
	return appointment_feed.new_address(frappe.session.user)
