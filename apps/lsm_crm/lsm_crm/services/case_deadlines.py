"""Deadlines of cases: made from the type's template, counted, and told to people before it is too late."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Min
from frappe.utils import getdate

from lsm_crm.services import working_days

WITH_THE_CASE = "When the case opens"


def title_of(template: Document) -> str:
	"""The title of a case type's step or deadline in the language of the office, as it is stored in a case and may be edited there."""
	dutch = frappe.get_cached_value("System Settings", None, "language") == "nl"
	return (template.dutch_title if dutch else None) or template.title


def step_from_template(step: Document, opened_on: date) -> dict:
	"""Row values of a case's step."""
	return {
		"title": title_of(step),
		"required": step.required,
		"due_on": working_days.add_working_days(opened_on, step.working_days) if step.working_days else None,
	}


def create_from_type(case: Document) -> None:
	"""Insert the deadlines that start with the case."""
	for row in _template_of(case):
		if row.starts == WITH_THE_CASE:
			_from_template(case.name, row, case.opened_on).insert(ignore_permissions=True)


def choices(case: Document) -> list[dict]:
	"""Deadlines of the case's type to choose from, those counted from a letter first: [{"row", "title", "kind", "length", "unit", "source"}]."""
	rows = sorted(_template_of(case), key=lambda row: (row.starts == WITH_THE_CASE, row.idx))
	return [
		{
			"row": row.name,
			"title": title_of(row),
			"kind": row.kind,
			"length": row.length,
			"unit": row.unit,
			"source": row.source or "",
		}
		for row in rows
	]


def add_from_type(case: Document, row_name: str, counted_from: str) -> Document:
	"""Insert the chosen deadline of the case's type, counted from the day of the letter, as the session's user."""
	row = next((row for row in _template_of(case) if row.name == row_name), None)
	if not row:
		frappe.throw(_("This deadline is not among those of the case's type any more."), title=_("Deadline"))
		raise AssertionError("frappe.throw always raises")
	return _from_template(case.name, row, getdate(counted_from)).insert()


def _template_of(case: Document) -> list[Document]:
	return frappe.get_cached_doc("Case Type", case.case_type).deadlines if case.case_type else []


def _from_template(case: str, row: Document, counted_from: date) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Case Deadline",
			"case": case,
			"title": title_of(row),
			"kind": row.kind,
			"counted_from": counted_from,
			"length": row.length,
			"unit": row.unit,
			"remind_days_before": row.remind_days_before,
			"source": row.source,
		}
	)


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
