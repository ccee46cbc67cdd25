"""Web Forms of the public side, seeded once and then the staff's own (so `is_standard` stays off).

Each file of `data/web_forms/` is one form: a Web Form with its `fields` in order. A colleague adds a form by adding a file.
Texts are English; the other languages come from `locale/`, which takes its messages from these files.
"""

import json
from pathlib import Path

import frappe

FOLDER = Path(__file__).resolve().parent / "data" / "web_forms"


def seed() -> None:
	"""Insert every form that is missing and whose DocType has the fields."""
	for path in sorted(FOLDER.glob("*.json")):
		insert_missing_form(json.loads(path.read_text(encoding="utf-8")))


def insert_missing_form(definition: dict) -> None:
	if frappe.db.exists("Web Form", {"route": definition["route"]}):
		return
	if not frappe.db.exists("DocType", definition["doc_type"]):
		return
	meta = frappe.get_meta(definition["doc_type"])
	form = frappe.new_doc("Web Form")
	form.update({key: value for key, value in definition.items() if key != "fields"})
	form.update({"is_standard": 0, "published": 1, "login_required": 0, "anonymous": 0, "allow_multiple": 1})
	form.module = meta.module
	for row in definition["fields"]:
		if not row.get("fieldname") or meta.has_field(row["fieldname"]):
			form.append("web_form_fields", row)
	form.insert(ignore_permissions=True)
