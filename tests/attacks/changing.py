"""Changes, and functions of the framework that nobody here needs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.attacks.attack import METHOD, Attack, counts, says_yes, shows_canary, shows_name_of


def changing(facts: dict) -> Iterator[Attack]:
	"""Changes that a role has no right to."""
	case, client = facts["Case"], facts["Client"]
	for who in ("worker", "front", "board", "volunteer"):
		me = facts["users"][who]
		yield Attack(
			"assign",
			who,
			"a foreign case to oneself",
			"POST",
			METHOD + "frappe.desk.form.assign_to.add",
			says_yes,
			{"doctype": "Case", "name": case, "assign_to": json.dumps([me])},
		)
		yield Attack(
			"tag",
			who,
			"a foreign client",
			"POST",
			METHOD + "frappe.desk.doctype.tag.tag.add_tag",
			says_yes,
			{"tag": "x", "dt": "Client", "dn": client},
		)
		yield Attack(
			"follow",
			who,
			"a foreign case",
			"POST",
			METHOD + "frappe.desk.form.document_follow.follow_document",
			says_yes,
			{"doctype": "Case", "doc_name": case, "user": me},
		)
		yield Attack(
			"like",
			who,
			"a foreign case",
			"POST",
			METHOD + "frappe.desk.like.toggle_like",
			says_yes,
			{"doctype": "Case", "name": case, "add": "Yes"},
		)
		yield Attack(
			"list settings",
			who,
			"of everybody",
			"POST",
			METHOD + "frappe.desk.listview.set_list_settings",
			says_yes,
			{"doctype": "Case", "values": "{}"},
		)
		yield Attack(
			"rename",
			who,
			"a foreign client",
			"POST",
			METHOD + "frappe.client.rename_doc",
			says_yes,
			{"doctype": "Client", "old_name": client, "new_name": f"{client}-x"},
		)
		yield Attack(
			"comment",
			who,
			"in another's name",
			"POST",
			METHOD + "frappe.desk.form.utils.add_comment",
			says_yes,
			{
				"reference_doctype": "Case",
				"reference_name": case,
				"content": "x",
				"comment_email": "a@example.org",
				"comment_by": "A",
			},
		)
		yield Attack(
			"set value",
			who,
			"of a foreign case",
			"POST",
			METHOD + "frappe.client.set_value",
			says_yes,
			{"doctype": "Case", "name": case, "fieldname": "subject", "value": "x"},
		)
		yield Attack(
			"REST write",
			who,
			"a foreign client",
			"PUT",
			f"/api/resource/Client/{client}",
			says_yes,
			{"data": json.dumps({"city": "x"})},
		)
		yield Attack(
			"share",
			who,
			"a foreign case with oneself",
			"POST",
			METHOD + "frappe.share.add",
			says_yes,
			{"doctype": "Case", "name": case, "user": me, "read": 1},
		)
		yield Attack(
			"delete",
			who,
			"a comment of somebody else",
			"POST",
			METHOD + "frappe.client.delete",
			says_yes,
			{"doctype": "Comment", "name": facts["comment"]},
		)
		yield Attack(
			"workflow",
			who,
			"a foreign case",
			"POST",
			METHOD + "frappe.model.workflow.get_transitions",
			says_yes,
			{"doc": json.dumps({"doctype": "Case", "name": case})},
		)
		yield Attack(
			"report",
			who,
			"made by oneself",
			"POST",
			METHOD + "frappe.desk.reportview.save_report",
			says_yes,
			{"name": f"x {who}", "doctype": "Case", "report_settings": "{}"},
		)
		yield Attack(
			"card",
			who,
			"made by oneself",
			"POST",
			METHOD + "frappe.desk.doctype.number_card.number_card.create_number_card",
			says_yes,
			{
				"args": json.dumps(
					{"label": f"x{who}", "document_type": "Case", "function": "Count", "type": "Document Type"}
				)
			},
		)
		yield Attack(
			"card figure",
			who,
			"of one's own card",
			"POST",
			METHOD + "frappe.desk.doctype.number_card.number_card.get_result",
			counts,
			{"doc": json.dumps({"document_type": "Client", "function": "Count"}), "filters": "[]"},
		)
		yield Attack(
			"calendar",
			who,
			"of cases",
			"POST",
			METHOD + "frappe.desk.calendar.get_events",
			shows_name_of("Case"),  # an attack before this one may have changed the subject
			{
				"doctype": "Case",
				"start": "2000-01-01",
				"end": "2099-01-01",
				"field_map": json.dumps({"start": "creation", "end": "creation", "title": "subject", "id": "name"}),
			},
		)
		yield Attack(
			"group",
			who,
			"clients by city",
			"POST",
			METHOD + "frappe.desk.listview.get_group_by_count",
			shows_canary,
			{"doctype": "Client", "current_filters": "[]", "field": "full_name"},
		)
		yield Attack(
			"todo",
			who,
			"for somebody else",
			"POST",
			"/api/resource/ToDo",
			says_yes,
			{"data": json.dumps({"description": "x", "allocated_to": facts["users"]["victim"]})},
		)
		yield Attack(
			"note",
			who,
			"public to all",
			"POST",
			"/api/resource/Note",
			says_yes,
			{"data": json.dumps({"title": f"x{who}", "public": 1, "content": "x"})},
		)
		yield Attack(
			"users", who, "all roles", "POST", METHOD + "frappe.core.doctype.user.user.get_all_roles", says_yes
		)
		yield Attack(
			"users",
			who,
			"roles of another",
			"POST",
			METHOD + "frappe.core.doctype.user.user.get_roles",
			says_yes,
			{"uid": "Administrator"},
		)
		yield Attack(
			"restore",
			who,
			"what was deleted",
			"POST",
			METHOD + "frappe.core.doctype.deleted_document.deleted_document.restore",
			says_yes,
			{"name": facts["deleted"]},
		)
		for doctype in ("Client", "Case"):
			yield Attack(
				"retitle",
				who,
				f"a foreign {doctype}",
				"POST",
				METHOD + "frappe.model.rename_doc.update_document_title",
				says_yes,
				{"doctype": doctype, "docname": facts[doctype], "title": "x"},
			)
		for parent in ("Client", "Case"):
			yield Attack(
				"relink",
				who,
				f"a mail to a foreign {parent}",
				"POST",
				METHOD + "frappe.core.doctype.communication.email.make",
				says_yes,
				{
					"doctype": parent,
					"name": facts[parent],
					"content": "x",
					"subject": "x",
					"recipients": "x@example.org",
				},
			)
		for function in CLOSED_READS:
			yield Attack("closed function", who, function, "POST", METHOD + function, says_yes, CLOSED_READS[function])
		for doctype in OPEN_TO_ALL:
			yield Attack("open DocType", who, doctype, "GET", f"/api/resource/{doctype}", says_yes)


# functions of the framework that any account could call and that nobody here needs
CLOSED_READS = {
	"frappe.core.doctype.user.user.get_role_profile": {"role_profile": "x"},
	"frappe.desk.form.linked_with.get_linked_doctypes": {"doctype": "Case"},
	"frappe.desk.leaderboard.get_energy_point_leaderboard": {"date_range": "", "company": "", "field": "", "limit": 5},
	"frappe.geo.utils.get_coords": {"doctype": "Case", "filters": "[]", "type": "location_field"},
	"frappe.core.api.file.get_files_in_folder": {"folder": "Home"},
	"frappe.core.api.file.get_files_by_search_text": {"text": "kanarie"},
	"frappe.desk.treeview.get_all_nodes": {
		"doctype": "Area",
		"label": "x",
		"parent": "",
		"tree_method": "frappe.desk.search.get_names_for_mentions",
		"search_term": "a",
	},
	"frappe.website.doctype.web_form.web_form.get_form_data": {
		"doctype": "Client",
		"docname": "x",
		"web_form_name": "x",
	},
	"frappe.utils.goal.get_monthly_goal_graph_data": {
		"title": "x",
		"doctype": "Client",
		"docname": "x",
		"goal_value_field": "x",
		"goal_total_field": "x",
		"goal_history_field": "x",
		"goal_doctype": "x",
		"goal_doctype_link": "x",
		"goal_field": "x",
		"date_field": "x",
		"filter_str": "1=1",
		"aggregation": "count",
	},
	"frappe.automation.doctype.auto_repeat.auto_repeat.get_auto_repeat_doctypes": {
		"doctype": "DocType",
		"txt": "",
		"searchfield": "name",
		"start": 0,
		"page_len": 5,
		"filters": "{}",
	},
	"frappe.email.get_contact_list": {"txt": "a"},
	"frappe.desk.doctype.desktop_icon.desktop_icon.get_module_icons": {},
	"frappe.core.doctype.installed_applications.installed_applications.get_installed_app_order": {},
	"frappe.utils.csvutils.send_csv_to_client": {"args": json.dumps({"data": [["x"]], "filename": "x"})},
}
# DocTypes of the framework that role All or any desk user may read as obtained
OPEN_TO_ALL = (
	"ToDo",
	"Note",
	"Event",
	"Tag",
	"Contact",
	"Address",
	"Email Template",
	"Workspace Link",
	"Auto Repeat",
	"Web Form",
	"Custom HTML Block",
	"Energy Point Log",
	"Milestone",
	"Reminder",
	"Tag Link",
	"Document Follow",
	"Desktop Icon",
	"Route History",
	"Assignment Rule",
)
