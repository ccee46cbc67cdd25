"""A case worker leaves: all open cases go to somebody else in one action, with all that hangs on them."""

import frappe
from frappe import _
from frappe.utils import get_fullname, now_datetime

from lsm_crm.exceptions import ConflictOfInterestError


def hand_over(leaving: str, successor: str, reason: str) -> dict:
	"""Give every open case, appointment and referral of one worker to another.

	Returns {"moved": [case, …], "kept": [{"case", "reason"}]}: a case that the successor may not work on, by a conflict of
	interest, stays and is named, and nothing of it changes.
	"""
	if leaving == successor:
		frappe.throw(_("Choose somebody else to take over."), title=_("Hand-over"))
	if not reason.strip():
		frappe.throw(_("Say why the cases are handed over."), title=_("Hand-over"))
	table = frappe.qb.DocType("Case")
	names = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.workflow_state != "Closed") & ((table.worker == leaving) | (table.deputy == leaving)))
		.orderby(table.name)
		.run(pluck=True)
	)
	moved, kept = [], []
	for name in names:
		frappe.db.savepoint("handover")
		try:
			_move_case(name, leaving, successor, reason)
			moved.append(name)
		except ConflictOfInterestError as error:
			frappe.db.rollback(save_point="handover")
			frappe.clear_messages()
			kept.append({"case": name, "reason": str(error)})
	return {"moved": moved, "kept": kept}


def _move_case(name: str, leaving: str, successor: str, reason: str) -> None:
	case = frappe.get_doc("Case", name, for_update=True)
	was_worker = case.worker == leaving
	if was_worker:
		case.worker = successor
		if case.deputy == successor:
			case.deputy = None
	elif case.worker != successor:
		case.deputy = successor
	else:
		case.deputy = None
	case.flags.assignment_reason = reason.strip()[:140]
	case.save(ignore_permissions=True)
	if was_worker:
		_move_appointments(name, leaving, successor)
		_move_referrals(name, leaving, successor)
		_write_note(name, leaving, successor, reason)


def _move_appointments(case: str, leaving: str, successor: str) -> None:
	table = frappe.qb.DocType("Client Appointment")
	(
		frappe.qb.update(table)
		.set(table.worker, successor)
		.where((table["case"] == case) & (table.worker == leaving))
		.where((table.status == "Planned") & (table.starts_on > now_datetime()))
		.run()
	)


def _move_referrals(case: str, leaving: str, successor: str) -> None:
	table = frappe.qb.DocType("Referral")
	(
		frappe.qb.update(table)
		.set(table.worker, successor)
		.where((table["case"] == case) & (table.worker == leaving))
		.where(table.workflow_state.isin(("Offered", "Accepted", "In Progress")))
		.run()
	)


def _write_note(case: str, leaving: str, successor: str, reason: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Case Note",
			"case": case,
			"kind": "Hand-over",
			"text": _("Handed over from {0} to {1}: {2}").format(
				get_fullname(leaving), get_fullname(successor), reason.strip()
			),
		}
	).insert(ignore_permissions=True)
