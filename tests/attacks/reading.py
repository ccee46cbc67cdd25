"""Doors to records of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from tests.attacks.attack import METHOD, Attack, counts, shows_canary, shows_name_of

PERSONAL = ("Client", "Case", "Case Note", "Client Confidential", "Household", "Help Request")
WITH_TEXT = ("Client", "Case", "Help Request")
# roles that may read none of the victim's records; a worker may see own ones only
OUTSIDERS = ("worker", "front", "volunteers", "lead", "kitchen", "board", "helper", "officer", "volunteer")

# whose role has a right to the kind of record, so that only the row rules and the guard stand between
INSIDERS = ("worker", "front")


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
		for text in (facts["canary"], f"{facts['canary']}B", f"x&{facts['canary']}"):
			yield Attack(
				"global search",
				who,
				text,
				"POST",
				METHOD + "frappe.utils.global_search.search",
				shows_canary,
				{"text": text},
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
