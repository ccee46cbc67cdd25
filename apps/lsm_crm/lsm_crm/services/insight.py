"""Everything the program holds about a person, in one file that a person can read (PDF) and one that a machine can (JSON)."""

import json

import frappe
from frappe import _
from frappe.model import no_value_fields
from frappe.utils import escape_html, now

from lsm_crm.services import erasure, pdf, personal_data, read_log

HIDDEN = (
	"owner",
	"modified_by",
	"idx",
	"docstatus",
	"doctype",
	"parent",
	"parentfield",
	"parenttype",
	"_user_tags",
	"_comments",
	"_assign",
	"_liked_by",
)
# about the person, yet a secret or a technical copy
SKIPPED = ("Client Search Key", "Second Factor", "Log Pseudonym", "Client Merge")


def build(subject: str, name: str) -> dict:
	"""{"person", "made_at", "records": {DocType: [record]}, "readings": how often the data was read}."""
	records = personal_data.records_of(subject, name)
	erasure.add_papers(records)
	result: dict = {"person": f"{subject} {name}", "made_at": now(), "records": {}}
	for doctype, names in records.items():
		if doctype in SKIPPED:
			continue
		result["records"][doctype] = [_plain(frappe.get_doc(doctype, one)) for one in names]
		read_log.record("insight", doctype, names)
	result["readings"] = read_log.count({"subject_kind": subject, "subject": name})
	return result


def attach(request) -> list[str]:
	"""Attach both files to a data request; private and encrypted like every private file."""
	content = build(request.subject_type, request.subject)
	files = {"json": json.dumps(content, indent=1, default=str, ensure_ascii=False).encode()}
	files["pdf"] = pdf.render(_page(content), title=_("Your data"))
	addresses = []
	for ending, data in files.items():
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{request.name}.{ending}",
				"attached_to_doctype": request.doctype,
				"attached_to_name": request.name,
				"is_private": 1,
				"content": data,
			}
		)
		file.flags.lsm_generated = True
		file.insert(ignore_permissions=True)
		addresses.append(file.file_url)
	return addresses


def _plain(doc) -> dict:
	"""A record as {label: value}, with its rows; empty fields are left out."""
	meta, result = frappe.get_meta(doc.doctype), {_("Number"): doc.name, _("Entered"): str(doc.creation)}
	for field in meta.fields:
		value = doc.get(field.fieldname)
		if field.fieldname in HIDDEN or field.fieldtype == "Password" or value in (None, "", []):
			continue
		if isinstance(value, list):
			result[_(field.label or field.fieldname)] = [_plain(row) for row in value]
		elif field.fieldtype not in no_value_fields:
			result[_(field.label or field.fieldname)] = value
	return result


def _page(content: dict) -> str:
	parts = [f"<h1>{_('Your data')}</h1><p>{escape_html(content['person'])}, {content['made_at'][:16]}</p>"]
	for doctype, records in content["records"].items():
		parts.append(f"<h2>{escape_html(_(doctype))}</h2>")
		parts.extend(_table(record) for record in records)
	style = (
		"<style>body{font-family:sans-serif;font-size:10pt}table{border-collapse:collapse;margin:0 0 12pt;width:100%}"
	)
	style += "td,th{border:1px solid #999;padding:3pt;text-align:start;vertical-align:top}th{width:30%}</style>"
	return f"<!doctype html><html lang='{frappe.local.lang}'><head><title>{_('Your data')}</title>{style}</head><body>{''.join(parts)}</body></html>"


def _table(record: dict) -> str:
	rows = []
	for label, value in record.items():
		shown = "".join(_table(row) for row in value) if isinstance(value, list) else escape_html(str(value))
		rows.append(f"<tr><th scope='row'>{escape_html(str(label))}</th><td>{shown}</td></tr>")
	return f"<table>{''.join(rows)}</table>"
