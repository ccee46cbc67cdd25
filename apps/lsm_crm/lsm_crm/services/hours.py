"""Hours of volunteers: written by themselves or made from attendance, approved by someone else."""

import frappe
from frappe import _
from frappe.utils import flt, getdate, now_datetime, time_diff_in_hours

from lsm_crm.exceptions import SelfApprovalError


def from_attendance(place) -> str:
	"""Make (or keep) the hours entry of an attended shift; it waits for approval."""
	if name := frappe.db.exists("Hours Entry", {"shift_place": place.name}):
		return name
	entry = frappe.get_doc(
		{
			"doctype": "Hours Entry",
			"volunteer": place.volunteer,
			"day": getdate(place.starts_at),
			"hours": flt(time_diff_in_hours(place.ends_at, place.starts_at), 2),
			"role": place.role,
			"source": "Attendance",
			"shift_place": place.name,
		}
	)
	return entry.insert(ignore_permissions=True).name


def withdraw_attendance(place) -> None:
	"""Someone marked present by mistake: hours not approved yet go, approved ones are for the coordinator."""
	name = frappe.db.exists("Hours Entry", {"shift_place": place.name, "state": "Submitted"})
	if name:
		frappe.delete_doc("Hours Entry", name, ignore_permissions=True, delete_permanently=True)


def approve(name: str) -> None:
	"""Approve an entry as the session's user."""
	_judge(name, "Approved")


def refuse(name: str, reason: str) -> None:
	"""Refuse an entry with a reason."""
	_judge(name, "Refused", reason)


def _judge(name: str, state: str, reason: str | None = None) -> None:
	entry = frappe.get_doc("Hours Entry", name, for_update=True)
	entry.check_permission("write")
	entry.state, entry.refusal_reason = state, reason or entry.refusal_reason
	entry.save()


def check_judged(entry) -> None:
	"""Called by the controller: who judges, never oneself, and a reason for a refusal."""
	before = entry.get_doc_before_save()
	if entry.state == "Submitted" or (before and before.state == entry.state):
		return
	if frappe.db.get_value("Volunteer", entry.volunteer, "user") == frappe.session.user:
		frappe.throw(_("Nobody approves their own hours."), title=_("Approving"), exc=SelfApprovalError)
	if entry.state == "Refused" and not entry.refusal_reason:
		frappe.throw(_("Write why the hours are refused."), title=_("Refusing"))
	entry.approved_by, entry.approved_on = frappe.session.user, now_datetime()


def approved_total(volunteer: str, first=None, last=None) -> float:
	"""Approved hours in the period, for the certificate and the portal."""
	table = frappe.qb.DocType("Hours Entry")
	query = (
		frappe.qb.from_(table)
		.select(frappe.query_builder.functions.Sum(table.hours))
		.where(table.volunteer == volunteer)
		.where(table.state == "Approved")
	)
	if first:
		query = query.where(table.day >= first)
	if last:
		query = query.where(table.day <= last)
	return flt(query.run()[0][0], 2)
