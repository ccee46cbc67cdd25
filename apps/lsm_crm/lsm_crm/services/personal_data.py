"""Which DocTypes hold data about people, and by which field each leads to the person. Read from the app's files."""

import re
from functools import cache

import frappe

from lsm_crm.guard.doctypes import definitions

# those whose data it is
SUBJECTS = ("Client", "Volunteer", "Pupil")
# Of the links from one person's record to another's only this one leads to the same person; a guardian is somebody else.
SAME_PERSON = (("Client", "merged_into"),)
# those who are helped: a record that leads to one of them is theirs, whoever else stands in its rows
HELPED = ("Client", "Pupil")
WRITTEN = re.compile(r"[A-Z]+-[0-9-]+", re.ASCII)  # how the series of all of these write their names
# DocTypes about accounts, settings or many people at once, whose link to a person says nothing about that person
NOT_PERSONAL = ("Second Factor", "Log Pseudonym")


@cache
def links() -> dict[str, dict[str, str]]:
	"""{DocType: {field: subject DocType}} of every DocType and child table that leads to a person; a subject leads to itself by name."""
	result: dict[str, dict[str, str]] = {}
	for name, data in definitions().items():
		if name in NOT_PERSONAL or data.get("is_virtual"):
			continue
		fields = {
			field["fieldname"]: field["options"]
			for field in data.get("fields", ())
			if field["fieldtype"] == "Link" and field.get("options") in SUBJECTS
		}
		if name in SUBJECTS:
			fields = {"name": name, **fields}
		if fields:
			result[name] = fields
	return result


@cache
def parents() -> dict[str, list[str]]:
	"""{child table: DocTypes that have it}."""
	found: dict[str, list[str]] = {}
	for name, data in definitions().items():
		for field in data.get("fields", ()):
			if field["fieldtype"] in ("Table", "Table MultiSelect"):
				found.setdefault(field["options"], []).append(name)
	return found


def is_personal(doctype: str) -> bool:
	return doctype in links()


def subjects_of(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""[(subject DocType, name)] of the people these records are about."""
	if doctype in SUBJECTS:
		return [(doctype, name) for name in names]
	found: dict[tuple[str, str], None] = {}
	fields = links().get(doctype, {})
	if not fields or not names:
		return []
	table = frappe.qb.DocType(doctype)
	rows = frappe.qb.from_(table).select(*(table[f] for f in fields)).where(table.name.isin(names)).run(as_dict=True)
	for row in rows:
		for field, subject in fields.items():
			if row[field]:
				found[(subject, row[field])] = None
	return list(found)


def as_stored(doctype: str, names: list[str]) -> list[str]:
	"""Names that a request gave, as the records bear them. The database takes "cl-00001" for "CL-00001" as well, and it is the same
	person."""
	odd = [name for name in names if not WRITTEN.fullmatch(str(name))] if doctype in SUBJECTS else []
	if not odd:
		return names
	table = frappe.qb.DocType(doctype)
	stored = frappe.qb.from_(table).select(table.name).where(table.name.isin(odd)).run(pluck=True)
	return [*(name for name in names if name not in odd), *stored]


def records_of(subject: str, name: str) -> dict[str, list[str]]:
	"""{DocType: names} of every record that is about this person, the person's own first. Child rows stand for their parents."""
	result: dict[str, list[str]] = {subject: [name]}
	for doctype, fields in links().items():
		table = frappe.qb.DocType(doctype)
		for field, target in fields.items():
			if target != subject or field == "name":
				continue
			if doctype in SUBJECTS and (doctype, field) not in SAME_PERSON:
				continue
			if definitions()[doctype].get("istable"):
				rows = frappe.qb.from_(table).select(table.parenttype, table.parent).where(table[field] == name).run()
				for parent_type, parent in rows:
					_add(result, parent_type, parent)
			else:
				for found in frappe.qb.from_(table).select(table.name).where(table[field] == name).run(pluck=True):
					_add(result, doctype, found)
	return result


def _add(result: dict[str, list[str]], doctype: str, name: str) -> None:
	names = result.setdefault(doctype, [])
	if name not in names:
		names.append(name)


def is_of_another(doctype: str, name: str, subject: str, person: str) -> bool:
	"""Whether the record is about somebody else who is helped, and this person only stands in one of its rows."""
	people = [] if doctype in SUBJECTS else subjects_of(doctype, [name])
	return (subject, person) not in people and any(kind in HELPED for kind, _person in people)
