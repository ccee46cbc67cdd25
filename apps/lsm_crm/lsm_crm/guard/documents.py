"""Documents sent by a client: only fields that the DocType has reach the framework.

The framework puts every key of a sent document on the object, so `{"validate": ""}` would hide the controller's own check and
`{"flags": …}` its protections.
"""

import json
from functools import lru_cache

import frappe
from frappe import _
from frappe.model import default_fields, optional_fields

from lsm_crm.guard import doctypes
from lsm_crm.guard.errors import refuse
from lsm_crm.services.editing import is_version

# what the desk adds to a document and the framework reads
DESK_KEYS = frozenset(("__islocal", "__unsaved", "__newname", "__run_link_triggers", "localname", "doctype"))
STANDARD = frozenset(default_fields) | {"parent", "parentfield", "parenttype"} | DESK_KEYS
MAX_DEPTH_KEYS = 2000


def cleaned(call, doc, action: str | None, groups: frozenset) -> dict:
	"""The document with only its DocType's fields. `action` is checked at the DocType's list; None finds create or write."""
	if isinstance(doc, str):
		try:
			doc = json.loads(doc)
		except ValueError:
			refuse(call, "document is not JSON")
	if not isinstance(doc, dict) or not isinstance(doc.get("doctype"), str):
		refuse(call, "not a document")
	if action is None:
		action = "create" if doc.get("__islocal") or not doc.get("name") else "write"
	doctypes.allow(call, doc["doctype"], action, groups)
	return _clean(call, doc, doc["doctype"])


def fields_of(doctype: str) -> tuple[frozenset, dict]:
	meta = frappe.get_meta(doctype)
	return _fields(doctype, str(meta.modified), len(meta.fields))


@lru_cache(maxsize=512)
def _fields(doctype: str, _modified: str, _count: int) -> tuple[frozenset, dict]:
	meta = frappe.get_meta(doctype)
	rows = {df.fieldname: df.options for df in meta.get_table_fields()}
	return frozenset(df.fieldname for df in meta.fields) | STANDARD, rows


def _clean(call, doc: dict, doctype: str) -> dict:
	names, rows = fields_of(doctype)
	result = {}
	for key, value in doc.items():
		if key not in names:
			continue
		if key in rows:
			value = _clean_rows(call, value, rows[key])
		elif isinstance(value, (dict, list)) and key not in optional_fields:
			value = json.dumps(value)
		result[key] = value
	result["doctype"] = doctype
	return result


def _clean_rows(call, rows, doctype: str) -> list:
	if rows in (None, ""):
		return []
	if not isinstance(rows, list) or len(rows) > MAX_DEPTH_KEYS:
		refuse(call, "rows are not a list")
	result = []
	for row in rows:
		if not isinstance(row, dict):
			refuse(call, "a row is not a document")
		result.append(_clean(call, row, doctype))
	return result


def refuse_stale(doctype: str, name: str | None, modified) -> None:
	"""Refuse a write that does not say which version it was made from, or that was made from an older one."""
	stored = frappe.db.get_value(doctype, name, "modified")
	if stored is None:
		return
	if not is_version(modified, stored):
		frappe.throw(
			_("{0} was changed after you opened it. Reload it and do your change again.").format(name),
			title=_("Changed by somebody else"),
			exc=frappe.TimestampMismatchError,
		)
