"""How many cases stand in which state, as far as the reader may see them."""

import frappe
from frappe import _


def execute(filters: dict | None = None) -> tuple:
	counts = frappe.get_list(
		"Case",
		filters={"workflow_state": ("!=", "Closed")},
		fields=["workflow_state", "count(name) as cases"],
		group_by="workflow_state",
	)
	by_state = {row.workflow_state: row.cases for row in counts}
	states = [s for s in frappe.get_meta("Case").get_field("workflow_state").options.split("\n") if by_state.get(s)]
	rows = [{"state": _(state), "cases": by_state[state]} for state in states]
	columns = [
		{"fieldname": "state", "label": _("State"), "fieldtype": "Data", "width": 220},
		{"fieldname": "cases", "label": _("Cases"), "fieldtype": "Int", "width": 100},
	]
	data = {
		"labels": [row["state"] for row in rows],
		"datasets": [{"name": _("Cases"), "values": [row["cases"] for row in rows]}],
	}
	return columns, rows, None, {"data": data, "type": "bar"} if rows else None
