"""What the desk calls for volunteers: each checks the right on the document, then calls a service."""

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.api.arguments import as_list
from lsm_crm.overrides.files import download
from lsm_crm.services import hours, payments, shift_places, volunteer_account


@frappe.whitelist(methods=["POST"])
def judge_hours(names: list | str, approve: bool = True, reason: str | None = None) -> int:
	"""Approve or refuse several hours entries; all or none. Returns how many."""
	chosen = as_list(names)
	for name in chosen:
		frappe.has_permission("Hours Entry", "write", doc=str(name), throw=True)
	for name in chosen:
		if approve:
			hours.approve(str(name))
		else:
			hours.refuse(str(name), reason or "")
	return len(chosen)


@frappe.whitelist(methods=["POST"])
def mark_attendance(place: str, attended: bool) -> str:
	"""Record whether someone was there; for the volunteer coordinator and for whoever leads the shift."""
	shift = frappe.db.get_value("Shift Place", place, "shift")
	leads = shift and frappe.db.get_value("Volunteer Shift", shift, "lead") == frappe.session.user
	if not leads:
		frappe.has_permission("Shift Place", "write", doc=place, throw=True)
	return shift_places.mark_attendance(place, attended).state


@frappe.whitelist(methods=["POST"])
def send_password_link(volunteer: str) -> None:
	"""Send the volunteer a fresh link to choose a password."""
	frappe.has_permission("Volunteer", "write", doc=volunteer, throw=True)
	volunteer_account.send_new_password_link(frappe.get_doc("Volunteer", volunteer))


@frappe.whitelist(methods=["GET"])
def payment_file(run: str) -> Response:
	"""Download the pain.001 file of a payment run whose lines are fixed."""
	fixed = _fixed_run(run)
	return download(f"{fixed.name}.xml", payments.sepa_file(fixed))


@frappe.whitelist(methods=["GET"])
def payment_sheet(run: str) -> Response:
	"""Download the same list as XLSX."""
	fixed = _fixed_run(run)
	return download(f"{fixed.name}.xlsx", payments.spreadsheet(fixed))


def _fixed_run(name: str):
	frappe.has_permission("Volunteer Payment Run", "read", doc=name, throw=True)
	run = frappe.get_doc("Volunteer Payment Run", name)
	if run.state == "Draft":
		frappe.throw(_("Make the file first."), title=_("Payment Run"))
	return run
