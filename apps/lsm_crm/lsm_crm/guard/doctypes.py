"""Which DocTypes a request may name."""

import json
from functools import cache
from pathlib import Path

import frappe
from frappe.model import child_table_fields, default_fields, optional_fields

from lsm_crm.guard.errors import refuse
from lsm_crm.guard.lists import merged

# columns of every table
STANDARD = frozenset((*default_fields, *optional_fields, *child_table_fields))
APP = Path(__file__).resolve().parents[1]


@cache
def definitions() -> dict[str, dict]:
	"""{DocType of this app: what its file says}."""
	paths = (path for path in APP.glob("lsm_*/doctype/*/*.json") if path.stem == path.parent.name)
	found = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
	return {data["name"]: data for data in found}


@cache
def own() -> dict[str, bool]:
	"""{DocType of this app: is a child table}."""
	return {name: bool(data.get("istable")) for name, data in definitions().items()}


@cache
def _own_tables() -> frozenset[str]:
	return frozenset(name for name, data in definitions().items() if not data.get("is_virtual"))


def is_virtual(doctype: str) -> bool:
	"""Whether the rows come from a controller and not from a table."""
	return doctype not in _own_tables() and bool(frappe.get_meta(doctype).is_virtual)


@cache
def _own_singles() -> frozenset[str]:
	return frozenset(name for name, data in definitions().items() if data.get("issingle"))


def is_single(doctype: str) -> bool:
	"""Whether there is one of it, without a table of its own."""
	return doctype in _own_singles() or (doctype not in own() and bool(frappe.get_meta(doctype).issingle))


@cache
def _own_fields() -> dict[str, dict[str, tuple[str, str]]]:
	return {
		name: {field["fieldname"]: (field["fieldtype"], field.get("options") or "") for field in data["fields"]}
		for name, data in definitions().items()
	}


def has_own_field(doctype: str, name: str) -> bool:
	"""Whether a DocType of this app has the field by its file, or as every table does."""
	return doctype in own() and (name in STANDARD or name in _own_fields()[doctype])


def field_of(doctype: str, name: str) -> tuple[str, str] | None:
	"""(kind, options) of a field; None where there is none. Asked of the app's own files first, which costs less than the
	framework's meta, and of that for the rest: a site may have added a field."""
	if found := _own_fields().get(doctype, {}).get(name):
		return found
	field = frappe.get_meta(doctype).get_field(name)
	return (field.fieldtype, field.options or "") if field else None


@cache
def in_permission_table() -> frozenset[str]:
	from lsm_crm import permission_table

	return frozenset(permission_table.load())


def is_own(doctype: str) -> bool:
	return doctype in own()


def allow(call, doctype, action: str, groups: frozenset) -> None:
	"""Refuse a DocType that the groups may not name for this action. The framework checks the role's rights after this."""
	if not isinstance(doctype, str) or not doctype:
		refuse(call, "no DocType named")
	if doctype in own():
		if own()[doctype] and action not in ("meta", "search"):
			refuse(call, f"rows of {doctype} are reached through their parent only")
		return
	allowed = merged("DOCTYPES", groups).get(doctype, "").split()
	if action in allowed or (action in ("meta", "search") and allowed):
		return
	if doctype in in_permission_table():
		return
	if "administrator" in groups and action in ("read", "meta", "search"):
		return
	refuse(call, f"DocType {doctype} is closed for {action}")


def children_of(doctype: str) -> set[str]:
	return {df.options for df in frappe.get_meta(doctype).get_table_fields()}
