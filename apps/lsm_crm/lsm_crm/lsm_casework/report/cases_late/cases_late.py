"""Open cases of which a deadline has passed, or soon will, as far as the reader may see them."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, date_diff, nowdate

MOST = 500


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	cases = frappe.get_list(
		"Case",
		filters=_conditions(filters),
		fields=["name", "subject", "case_type", "workflow_state", "priority", "worker", "deputy", "next_deadline"],
		order_by="next_deadline asc",
		limit_page_length=MOST,
	)
	for row in cases:
		row.days_late = date_diff(nowdate(), row.next_deadline)
		row.workflow_state, row.priority = _(row.workflow_state), _(row.priority)
	return _columns(), cases, None, None, _summary(cases)


def _conditions(filters: frappe._dict) -> dict:
	conditions = {
		"workflow_state": ("not in", ("Closed",)),
		"next_deadline": ("between", ("2000-01-01", add_days(nowdate(), cint(filters.days) or -1))),
	}
	if filters.worker:
		conditions["worker"] = filters.worker
	return conditions


def _columns() -> list[dict]:
	return [
		{"fieldname": "name", "label": _("Case"), "fieldtype": "Link", "options": "Case", "width": 160},
		{"fieldname": "next_deadline", "label": _("Deadline"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_late", "label": _("Days late"), "fieldtype": "Int", "width": 130},
		{"fieldname": "subject", "label": _("In short"), "fieldtype": "Data", "width": 200},
		{"fieldname": "case_type", "label": _("Case type"), "fieldtype": "Link", "options": "Case Type", "width": 170},
		{"fieldname": "workflow_state", "label": _("State"), "fieldtype": "Data", "width": 140},
		{"fieldname": "priority", "label": _("Priority"), "fieldtype": "Data", "width": 90},
		{"fieldname": "worker", "label": _("Worker"), "fieldtype": "Link", "options": "User", "width": 160},
		{"fieldname": "deputy", "label": _("Deputy"), "fieldtype": "Link", "options": "User", "width": 160},
	]


def _summary(cases: list[dict]) -> list[dict]:
	late = [row for row in cases if row.days_late > 0]
	return [
		{"label": _("Late"), "value": len(late), "indicator": "Red" if late else "Green", "datatype": "Int"},
		{"label": _("Due soon"), "value": len(cases) - len(late), "indicator": "Orange", "datatype": "Int"},
	]
