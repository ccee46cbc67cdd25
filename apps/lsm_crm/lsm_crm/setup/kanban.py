"""Boards for cases and catering orders: one column for each state of the workflow."""

import frappe

BOARDS = {
	"Cases": ("Case", {"Closed": "Archived"}, ("case_type", "priority")),
	"Catering Orders": (
		"Catering Order",
		{"Settled": "Archived", "Cancelled": "Archived"},
		("organisation", "delivery_date", "window_from", "guests"),
	),
}
COLOURS = {
	"New": "Blue",
	"Requested": "Blue",
	"Intake": "Cyan",
	"Confirmed": "Cyan",
	"In Progress": "Orange",
	"In Kitchen": "Orange",
	"Waiting for Others": "Yellow",
	"Ready": "Purple",
	"On the Way": "Purple",
	"Closing Requested": "Purple",
	"Delivered": "Green",
	"Closed": "Green",
	"Settled": "Green",
	"Reopened": "Red",
	"Cancelled": "Gray",
}


def seed() -> None:
	"""Insert the boards that are missing; staff may change them afterwards."""
	for name, (doctype, archived, fields) in BOARDS.items():
		if frappe.db.exists("DocType", doctype) and not frappe.db.exists("Kanban Board", name):
			_board(name, doctype, archived, fields).insert(ignore_permissions=True)


def _board(name: str, doctype: str, archived: dict, fields: tuple):
	states = frappe.get_meta(doctype).get_field("workflow_state").options.split("\n")
	return frappe.get_doc(
		{
			"doctype": "Kanban Board",
			"kanban_board_name": name,
			"reference_doctype": doctype,
			"field_name": "workflow_state",
			"show_labels": 1,
			"fields": frappe.as_json(fields),
			"columns": [
				{
					"column_name": state,
					"status": archived.get(state, "Active"),
					"indicator": COLOURS.get(state, "Gray"),
				}
				for state in states
			],
		}
	)
