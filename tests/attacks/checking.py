"""For each check of the guard a request that this check alone turns away or sets right. None of them would give much: the role's rights
and the row rules stand behind the guard."""

from __future__ import annotations

import json

from tests.attacks.attack import METHOD, Attack, played, says_yes

CLOSED = {"doctype": "Webhook", "name": "x"}  # a DocType that no list of the guard names
OWN = {"doctype": "Help Request"}
FORM = json.dumps({**OWN, "topics": [{"topic": "Social"}], "language": "nl", "note": "x"})
# check: (who, function, arguments)
PROBES: dict[str, tuple[str, str, dict]] = {
	"add_node": (
		"coordinator",
		"frappe.desk.treeview.add_node",
		{"doctype": "Area", "parent": "", "is_root": "true", "save": "x"},
	),
	"calendar": (
		"worker",
		"lsm_crm.api.calendars.get_events",
		{
			"doctype": "Client Appointment",
			"start": "2026-01-01",
			"end": "2026-02-01",
			"filters": json.dumps([["Client Appointment", "a b", "=", "x"]]),
		},
	),
	"comment": (
		"worker",
		"frappe.desk.form.utils.add_comment",
		{
			"reference_doctype": "Case",
			"reference_name": "x",
			"content": "x",
			"comment_email": "a@example.org",
			"comment_by": "A",
		},
	),
	"dashboard_chart": (
		"worker",
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		{"chart_name": "no such chart"},
	),
	"delete": ("worker", "frappe.client.delete", CLOSED),
	"delete_items": ("worker", "frappe.desk.reportview.delete_items", {**CLOSED, "items": '["x"]'}),
	"desk_page": ("worker", "frappe.desk.desk_page.getpage", {"name": "backups"}),
	"doc_method": ("worker", "run_doc_method", {"dt": "Help Request", "dn": "x", "method": "as_json"}),
	"docinfo": ("worker", "frappe.desk.form.load.get_docinfo", CLOSED),
	"doctype": ("worker", "frappe.client.has_permission", {"doctype": "Webhook", "docname": "x"}),
	"document": ("worker", "frappe.client.insert", {"doc": json.dumps({"doctype": "Webhook"})}),
	"export_format": (
		"coordinator",
		"frappe.desk.reportview.export_query",
		{**OWN, "fields": '["name"]', "file_format_type": "x", "title": "x"},
	),
	"get_next": ("worker", "frappe.desk.form.utils.get_next", {**CLOSED, "value": "x", "prev": "0"}),
	"group_by_count": (
		"worker",
		"frappe.desk.listview.get_group_by_count",
		{**OWN, "current_filters": "[]", "field": "a b"},
	),
	"link": ("worker", "frappe.client.validate_link", {"doctype": "Webhook", "docname": "x"}),
	"link_query": (
		"worker",
		"frappe.core.doctype.user.user.user_query",
		{"doctype": "User", "txt": "", "searchfield": "a b", "start": 0, "page_len": 5, "filters": "{}"},
	),
	"meta": ("worker", "frappe.desk.form.load.getdoctype", {"doctype": "Webhook"}),
	"open_count": ("worker", "frappe.desk.notifications.get_open_count", CLOSED),
	"own_events": (
		"worker",
		"frappe.desk.doctype.event.event.get_events",
		{"start": "2026-01-01", "end": "2026-02-01", "filters": json.dumps([["Event", "no such", "=", "1"]])},
	),
	"pdf": ("worker", "lsm_crm.api.pdf.download_pdf", CLOSED),
	"pdf_many": ("worker", "lsm_crm.api.pdf.download_multi_pdf", {"doctype": "Webhook", "name": '["x"]'}),
	"print_view": ("worker", "frappe.www.printview.get_html_and_style", {"doc": "Webhook", "name": "x"}),
	"report": ("worker", "frappe.desk.query_report.run", {"report_name": "no such report"}),
	"saving": ("worker", "frappe.desk.form.save.savedocs", {"doc": FORM, "action": "x"}),
	"script_files": ("worker", "frappe.client.get_js", {"items": '["no/such.js"]'}),
	"set_value": ("admin", "frappe.client.set_value", {**CLOSED, "fieldname": "enabled", "value": "1"}),
	"state_count": (
		"worker",
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		{"doctype": "Webhook", "workflow_state_field": "x", "states": "[]"},
	),
	"stats": ("worker", "frappe.desk.reportview.get_stats", {**OWN, "stats": '["a b"]', "filters": "[]"}),
	"stored_name": ("worker", "frappe.client.get", CLOSED),
	"tree_doctype": (
		"worker",
		"frappe.desk.treeview.add_node",
		{**OWN, "parent": "", "is_root": "true", "note": "x"},
	),
	"update_password": ("guest", "frappe.core.doctype.user.user.update_password", {"new_password": "x"}),
	"workflow": ("worker", "frappe.model.workflow.get_transitions", {"doc": json.dumps({"doctype": "Webhook"})}),
	"workspace": ("worker", "frappe.desk.desktop.get_desktop_page", {"page": json.dumps({"name": "no such"})}),
}


def probes() -> dict[str, list[Attack]]:
	"""{check: requests that show whether it is there}"""
	found = {
		check: [Attack("check", who, check, "POST", METHOD + function, says_yes, arguments)]
		for check, (who, function, arguments) in PROBES.items()
	}
	path = "/api/resource/Help Request"
	found["rest_document"] = [Attack("check", "worker", "rest_document", "POST", path, says_yes, {"data": "[1]"})]
	found["allow_doc_method"] = [
		Attack("check", "worker", "allow_doc_method", "GET", f"{path}/x", says_yes, {"run_method": "as_json"})
	]
	found["own_user"] = [played("check", "worker", "own_user", marks_for_another)]
	return found


def marks_for_another(target) -> bool:
	"""Says in another's name that notifications were seen."""
	path = "/api/resource/Notification Settings/" + target.facts["users"]["victim"]

	def seen() -> int:
		return target.session("admin").get(target.url + path, timeout=60).json()["data"]["seen"]

	value = 1 - seen()
	function = "frappe.desk.doctype.notification_settings.notification_settings.set_seen_value"
	data = {"user": target.facts["users"]["victim"], "value": value}
	target.session("worker").post(target.url + METHOD + function, data=data, timeout=60)
	return seen() == value
