"""Approved hours of volunteers in a period, and by month."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import flt, formatdate, getdate


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	first = getdate(filters.from_date or f"{getdate().year}-01-01")
	last = getdate(filters.to_date)
	conditions = {"state": "Approved", "day": ("between", (first, last))}
	if filters.role:
		conditions["role"] = filters.role
	rows = frappe.get_list(
		"Hours Entry",
		filters=conditions,
		fields=["volunteer", "volunteer_name", "role", "sum(hours) as hours", "count(name) as times"],
		group_by="volunteer, volunteer_name, role",
		order_by="hours desc",
		limit_page_length=0,
	)
	total = sum(flt(row.hours) for row in rows)
	summary = [
		{"label": _("Hours"), "value": total, "datatype": "Float"},
		{"label": _("Volunteers"), "value": len({row.volunteer for row in rows}), "datatype": "Int"},
	]
	return _columns(), rows, None, _chart(conditions), summary


def _columns() -> list[dict]:
	return [
		{"fieldname": "volunteer", "label": _("Volunteer"), "fieldtype": "Link", "options": "Volunteer", "width": 130},
		{"fieldname": "volunteer_name", "label": _("Name"), "fieldtype": "Data", "width": 200},
		{"fieldname": "role", "label": _("Role"), "fieldtype": "Link", "options": "Volunteer Role", "width": 200},
		{"fieldname": "hours", "label": _("Hours"), "fieldtype": "Float", "precision": 2, "width": 100},
		{"fieldname": "times", "label": _("Times"), "fieldtype": "Int", "width": 90},
	]


def _chart(conditions: dict) -> dict | None:
	days = frappe.get_list(
		"Hours Entry",
		filters=conditions,
		fields=["day", "sum(hours) as hours"],
		group_by="day",
		order_by="day asc",
		limit_page_length=0,
	)
	months: dict[str, float] = defaultdict(float)
	for row in days:
		months[formatdate(row.day, "MMM yyyy")] += flt(row.hours)
	if not months:
		return None
	values = [round(hours, 1) for hours in months.values()]
	return {"data": {"labels": list(months), "datasets": [{"name": _("Hours"), "values": values}]}, "type": "bar"}
