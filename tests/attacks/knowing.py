"""Need to know: each role against a record of each kind that it works with, and that is somebody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from lsm_crm import permission_table
from tests.attacks.attack import METHOD, Attack, counts
from tests.attacks.prepare import ATTACKERS


def knowing(facts: dict) -> Iterator[Attack]:
	"""The role has the right to the kind of record; only the row rules and the guard keep this one from it."""
	for who, roles in ATTACKERS.items():
		for doctype, name in facts["foreign"].items():
			entry = permission_table.load()[doctype].get(roles[0])
			if entry is None or entry["rows"] == "all" or "read" not in entry["actions"]:
				continue
			if facts["rows"][doctype][who]:
				continue
			for door, method, path, arguments in doors(doctype, name, entry["actions"]):
				won = counts if door == "count" else shows(doctype, name)
				yield Attack("need to know", who, f"{door} of {doctype}", method, path, won, arguments)


def shows(doctype: str, name: str):
	"""Whether an answer that is no refusal holds the record's name or its text."""
	return lambda answer, target: (
		answer.status_code == 200
		and "exc_type" not in answer.text[:200]
		and (name in answer.text or f"KANARIE {doctype}" in answer.text)
	)


def doors(doctype: str, name: str, actions: frozenset) -> Iterator[tuple[str, str, str, dict]]:
	filters = json.dumps([[doctype, "name", "=", name]])
	listed = {"doctype": doctype, "filters": filters, "fields": json.dumps(["name"])}
	yield "form", "POST", METHOD + "frappe.desk.form.load.getdoc", {"doctype": doctype, "name": name}
	yield "get", "POST", METHOD + "frappe.client.get", {"doctype": doctype, "name": name}
	yield "REST", "GET", f"/api/resource/{quote(doctype)}/{quote(name)}", {}
	yield "list", "POST", METHOD + "frappe.client.get_list", listed
	yield "REST list", "GET", f"/api/resource/{quote(doctype)}", {"filters": filters}
	yield "report view", "POST", METHOD + "frappe.desk.reportview.get", listed
	yield "count", "POST", METHOD + "frappe.desk.reportview.get_count", listed
	yield "value", "POST", METHOD + "frappe.client.get_value", {**listed, "fieldname": "name"}
	yield "link search", "POST", METHOD + "frappe.desk.search.search_link", {"doctype": doctype, "txt": name}
	if "print" in actions:
		yield "print", "POST", METHOD + "frappe.www.printview.get_html_and_style", {"doc": doctype, "name": name}
	if "export" in actions:
		more = {"file_format_type": "CSV", "title": "x"}
		yield "export", "POST", METHOD + "frappe.desk.reportview.export_query", {**listed, **more}
