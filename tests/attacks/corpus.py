"""The attack corpus: requests that give an attacker something on the framework as obtained, each with how to tell that it did.

Data-driven: a few forms, by role, record and payload. `python -m tests.attacks.corpus` prints how many there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

METHOD = "/api/method/"
PERSONAL = ("Client", "Case", "Case Note", "Client Confidential", "Household", "Help Request")
WITH_TEXT = ("Client", "Case", "Help Request")
# roles that may read none of the victim's records; a worker may see own ones only
OUTSIDERS = ("worker", "front", "volunteers", "lead", "kitchen", "board", "helper", "officer", "volunteer")

# whose role has a right to the kind of record, so that only the row rules and the guard stand between
INSIDERS = ("worker", "front")


@dataclass
class Attack:
	"""One request and how to tell that it gave something."""

	group: str
	who: str  # a role of prepare.ATTACKERS, or guest
	name: str
	method: str
	path: str
	won: Callable  # (answer, target) -> bool
	arguments: dict = field(default_factory=dict)
	headers: dict = field(default_factory=dict)
	files: dict | None = None
	inside: bool = True  # False where the role alone refuses: then only tried on the real site

	def __str__(self) -> str:
		return f"{self.group}: {self.who}: {self.name}"


def shows_canary(answer, target) -> bool:
	return target.facts["canary"] in answer.text


def shows_name_of(doctype: str):
	return lambda answer, target: answer.status_code == 200 and target.facts[doctype] in answer.text


def says_yes(answer, target) -> bool:
	return answer.status_code == 200 and "exc_type" not in answer.text and '"exc"' not in answer.text


def counts(answer, target) -> bool:
	try:
		return answer.status_code == 200 and int(answer.json()["message"]) > 0
	except (ValueError, KeyError, TypeError):
		return False


def corpus(facts: dict) -> list[Attack]:
	"""All attacks against a site prepared by `prepare.py`."""
	made: list[Attack] = []
	for part in (reading, injecting, changing, visiting, files):
		made.extend(part(facts))
	return made


def reading(facts: dict) -> Iterator[Attack]:
	"""Doors to a foreign record: every outsider, every kind of record."""
	for who in OUTSIDERS:
		for doctype in PERSONAL:
			name = facts[doctype]
			won = (
				shows_canary if doctype in (*WITH_TEXT, "Case Note", "Client Confidential") else shows_name_of(doctype)
			)
			for door, method, path, arguments in doors(doctype, name):
				yield Attack(
					"foreign record", who, f"{door} of {doctype}", method, path, won, arguments, inside=who in INSIDERS
				)
			for door, path, arguments in lists(doctype, name):
				yield Attack(
					"foreign list",
					who,
					f"{door} of {doctype}",
					"POST",
					path,
					shows_name_of(doctype),
					arguments,
					inside=who in INSIDERS,
				)
			yield Attack(
				"count",
				who,
				f"count of {doctype}",
				"POST",
				METHOD + "frappe.client.get_count",
				counts,
				{"doctype": doctype, "filters": json.dumps({"name": name})},
			)
		yield Attack(
			"link title",
			who,
			"title of a client",
			"POST",
			METHOD + "frappe.desk.search.get_link_title",
			shows_canary,
			{"doctype": "Client", "docname": facts["Client"]},
		)
		for field_name in ("client.phone", "client.full_name", "client.contact_notes"):
			yield Attack(
				"dotted field",
				who,
				field_name,
				"POST",
				METHOD + "frappe.client.get_list",
				lambda answer, target: shows_canary(answer, target) or "612345678" in answer.text,
				{"doctype": "Case", "fields": json.dumps([field_name]), "limit_page_length": 0},
			)
		yield Attack(
			"link search",
			who,
			"without the user's own rights",
			"POST",
			METHOD + "frappe.desk.search.search_link",
			shows_canary,
			{"doctype": "Client", "txt": facts["canary"], "ignore_user_permissions": 1},
		)
		yield Attack(
			"versions",
			who,
			"comments and files around a record",
			"POST",
			METHOD + "frappe.desk.form.load.get_docinfo",
			shows_canary,
			{"doctype": "Case", "name": facts["Case"]},
		)


def doors(doctype: str, name: str) -> Iterator[tuple[str, str, str, dict]]:
	yield "form", "POST", METHOD + "frappe.desk.form.load.getdoc", {"doctype": doctype, "name": name}
	yield "get", "POST", METHOD + "frappe.client.get", {"doctype": doctype, "name": name}
	yield "REST", "GET", f"/api/resource/{quote(doctype)}/{quote(name)}", {}
	yield "print view", "GET", f"/printview?doctype={quote(doctype)}&name={quote(name)}", {}
	yield "print html", "POST", METHOD + "frappe.www.printview.get_html_and_style", {"doc": doctype, "name": name}
	yield "web page", "GET", f"/{quote(doctype)}/{quote(name)}", {}


def lists(doctype: str, name: str) -> Iterator[tuple[str, str, dict]]:
	filters = json.dumps([[doctype, "name", "=", name]])
	fields = json.dumps(["name"])
	yield "list", METHOD + "frappe.client.get_list", {"doctype": doctype, "filters": filters, "fields": fields}
	yield (
		"report view",
		METHOD + "frappe.desk.reportview.get",
		{"doctype": doctype, "filters": filters, "fields": fields},
	)
	yield (
		"report list",
		METHOD + "frappe.desk.reportview.get_list",
		{"doctype": doctype, "filters": filters, "fields": fields},
	)
	yield "value", METHOD + "frappe.client.get_value", {"doctype": doctype, "filters": filters, "fieldname": "name"}
	yield (
		"export",
		METHOD + "frappe.desk.reportview.export_query",
		{"doctype": doctype, "filters": filters, "fields": fields, "file_format_type": "CSV", "title": "x"},
	)


LEAK = "(select group_concat(full_name) from `tabClient`)"
PAYLOADS = {
	"filters": (
		f"name like '%' and 1=(select 1) union select {LEAK} -- ",
		"1=1",
		"1=1) or (1=1",
		"name is not null",
		"`tabUser`.`name` = `tabUser`.`name`",
	),
	"order_by": (
		"(case when (select 1)=1 then name else owner end)",
		"`tabLanguage`.`name`, (select sleep(0))",
		"rand(1)",
		"length(name)",
	),
	"group_by": (
		"name having 1=1",
		"length(name)",
		"name with rollup",
		"`tabLanguage`.name, owner having count(*) > 0",
	),
	"fields": (
		["name", "owner\n,(select 1) as x"],
		["name as `x`\n"],
		["length(name) as x"],
		["if(1=1, name, owner) as x"],
		["ifnull(name, 1) as x"],
		["concat(name, owner) as x"],
	),
}
LISTING = (
	("frappe.client.get_list", {}),
	("frappe.desk.reportview.get", {}),
	("frappe.desk.reportview.get_list", {}),
	("REST", {}),
)


def injecting(facts: dict) -> Iterator[Attack]:
	"""SQL through arguments of lists, asked of a DocType that the attacker may read."""
	for who in ("worker", "front"):
		for argument, payloads in PAYLOADS.items():
			for number, payload in enumerate(payloads):
				for function, more in LISTING:
					value = json.dumps(payload) if isinstance(payload, list) else payload
					arguments = {"doctype": "Help Topic", argument: value, "limit_page_length": 5, **more}
					if argument == "filters":
						arguments["filters"] = value
					arguments = {
						k: v.replace("tabLanguage", "tabHelp Topic") if isinstance(v, str) else v
						for k, v in arguments.items()
					}
					rest = function == "REST"
					if rest:
						arguments.pop("doctype")
					yield Attack(
						"SQL",
						who,
						f"{function} {argument} {number}",
						"GET" if rest else "POST",
						"/api/resource/Help Topic" if rest else METHOD + function,
						says_yes,
						arguments,
					)


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
			"of clients",
			"POST",
			METHOD + "frappe.desk.calendar.get_events",
			shows_canary,
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
	"Calendar View",
	"Energy Point Log",
	"Milestone",
	"Reminder",
	"Tag Link",
	"Document Follow",
	"Desktop Icon",
	"Route History",
	"Assignment Rule",
)


def visiting(facts: dict) -> Iterator[Attack]:
	"""A guest: pages, headers, addresses."""
	for doctype in ("User", "Client", "Case", "Language", "File", "Web Page"):
		yield Attack(
			"list page",
			"worker",
			doctype,
			"GET",
			f"/{quote(doctype)}",
			lambda answer, target: answer.status_code == 200,
		)
	for path in (
		"/website_theme",
		"/contact",
		"/about",
		"/third_party_apps",
		"/search",
		"/list?doctype=ToDo",
		"/me",
		"/profile",
		"/robots.txt",
		"/sitemap.xml",
		"/rss.xml",
		"/message",
		"/apps",
	):
		yield Attack(
			"page",
			"worker",
			path,
			"GET",
			path,
			lambda answer, target: answer.status_code == 200 and len(answer.text) > 200,
		)
	for function in GUEST_FUNCTIONS:
		yield Attack(
			"guest function", "guest", function, "POST", METHOD + function, says_yes, GUEST_FUNCTIONS[function]
		)
		yield Attack(
			"guest function",
			"guest",
			f"{function} by cmd",
			"POST",
			"/",
			says_yes,
			{"cmd": function, **GUEST_FUNCTIONS[function]},
		)
	reset = METHOD + "frappe.core.doctype.user.user.reset_password"
	for address in ("nobody@example.org", "Administrator", "attack-nobody@example.org"):
		yield Attack(
			"unknown address",
			"guest",
			address,
			"POST",
			reset,
			lambda answer, target: (
				answer.status_code == 404 or "not found" in answer.text or "not allowed" in answer.text
			),
			{"user": address},
		)
	for host in ("evil.example", "evil.example:80", "localhost.evil.example"):
		yield Attack(
			"foreign host",
			"guest",
			host,
			"GET",
			"/login",
			lambda answer, target: answer.status_code == 200,
			headers={"Host": host, "X-Frappe-Site-Name": "<site>"},
		)


GUEST_FUNCTIONS = {
	"frappe.client.get_time_zone": {},
	"frappe.core.api.file.get_max_file_size": {},
	"frappe.geo.country_info.get_country_timezone_info": {},
	"frappe.integrations.oauth2.openid_configuration": {},
	"frappe.utils.global_search.web_search": {"text": "a"},
	"frappe.website.doctype.website_settings.website_settings.get_auto_account_deletion": {},
	"frappe.www.login.send_login_link": {"email": "attack-worker@example.org"},
	"frappe.website.doctype.web_page_view.web_page_view.make_view_log": {
		"path": "x",
		"referrer": "x",
		"browser": "x",
		"version": "1",
		"user_tz": "UTC",
	},
	"frappe.desk.desk_page.getpage": {"name": "print"},
	"frappe.realtime.get_user_info": {},
	"frappe.realtime.can_subscribe_doctype": {"doctype": "Language"},
	"frappe.search.web_search": {"query": "a"},
}


def files(facts: dict) -> Iterator[Attack]:
	"""Files of others, and files that a browser would run."""
	for who in ("worker", "front", "board", "volunteer", "kitchen"):
		yield Attack("private file", who, "by its address", "GET", quote(facts["file_url"]), shows_canary)
		yield Attack(
			"private file",
			who,
			"by function",
			"GET",
			METHOD + "frappe.handler.download_file",
			shows_canary,
			{"file_url": facts["file_url"]},
		)
		yield Attack(
			"private file",
			who,
			"by short name",
			"GET",
			METHOD + "download_file",
			shows_canary,
			{"file_url": facts["file_url"]},
		)
		yield Attack(
			"private file",
			who,
			"as a File of one's own",
			"POST",
			"/api/resource/File",
			says_yes,
			{"data": json.dumps({"file_url": facts["file_url"], "is_private": 1, "file_name": "x.txt"})},
		)
		for name, content in RUNNING.items():
			yield Attack(
				"upload",
				who,
				name,
				"POST",
				METHOD + "upload_file",
				says_yes,
				{"is_private": 0},
				files={"file": (name, content)},
				inside=who != "volunteer" or name.endswith(".txt"),
			)
		yield Attack(
			"upload",
			who,
			"to a foreign case",
			"POST",
			METHOD + "upload_file",
			says_yes,
			{"doctype": "Case", "docname": facts["Case"]},
			files={"file": ("x.txt", b"hello " + who.encode())},
		)
		yield Attack(
			"upload",
			who,
			"by an inner address",
			"POST",
			METHOD + "upload_file",
			says_yes,
			{"file_url": "http://127.0.0.1:1/x.png"},
		)
		yield Attack(
			"upload",
			who,
			"through another function",
			"POST",
			METHOD + "upload_file",
			says_yes,
			{"method": "frappe.handler.ping"},
			files={"file": ("y.txt", b"y")},
		)


RUNNING = {
	"x.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
	"x.html": b"<script>alert(1)</script>",
	"x.xml": b"<?xml version='1.0'?><x/>",
	"x.js": b"alert(1)",
	"x.php": b"<?php ?>",
	"x.pdf": b"<html><script>alert(1)</script>",
	"x.png": b"<svg onload=alert(1)>",
}
