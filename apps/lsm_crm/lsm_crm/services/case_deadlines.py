"""Deadlines of cases: made from the type's template, counted, and told to people before it is too late."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Min
from frappe.utils import getdate

from lsm_crm.services import working_days


def step_from_template(step: Document, opened_on: date) -> dict:
	"""Row values of a case's step."""
	return {
		"title": step.title,
		"required": step.required,
		"due_on": working_days.add_working_days(opened_on, step.working_days) if step.working_days else None,
	}


def create_from_type(case: Document) -> None:
	"""Insert the deadlines that start with the case."""
	if not case.case_type:
		return
	for row in frappe.get_cached_doc("Case Type", case.case_type).deadlines:
		if row.starts != "When the case opens":
			continue
		frappe.get_doc(
			{
				"doctype": "Case Deadline",
				"case": case.name,
				"title": row.title,
				"kind": row.kind,
				"counted_from": case.opened_on,
				"length": row.length,
				"unit": row.unit,
				"remind_days_before": row.remind_days_before,
			}
		).insert(ignore_permissions=True)


def set_worker(case: Document) -> None:
	"""Open deadlines follow the case's worker, and the new one is reminded anew."""
	table = frappe.qb.DocType("Case Deadline")
	(
		frappe.qb.update(table)
		.set(table.worker, case.worker)
		.set(table.reminded_on, None)
		.where((table["case"] == case.name) & (table.status == "Open"))
		.run()
	)


def set_next_deadline(case: str) -> None:
	"""Write the earliest open deadline into the case, for its list and kanban."""
	table = frappe.qb.DocType("Case Deadline")
	earliest = (
		frappe.qb.from_(table)
		.select(Min(table.due_on))
		.where((table["case"] == case) & (table.status == "Open"))
		.run()[0][0]
	)
	frappe.db.set_value("Case", case, "next_deadline", earliest, update_modified=False)


def count_due_date(deadline: Document) -> date | None:
	"""The date counted from the deadline's three fields; None when one is missing."""
	if not (deadline.counted_from and deadline.length and deadline.unit):
		return None
	return working_days.due_date(getdate(deadline.counted_from), int(deadline.length), deadline.unit)


def refuse_without_date(deadline: Document) -> None:
	"""A deadline is counted or typed."""
	if not deadline.due_on:
		frappe.throw(_("Type the date of the deadline, or from when and how long it is counted."), title=_("Deadline"))
