"""Erasing a person: every record about them, and every copy the framework keeps, while statistics stay true.

What only says something about the person is removed. What counts in statistics stays as an empty shell: choices, dates, numbers and
links to lists remain, everything that could name somebody goes, and the person's own number is replaced by a random one everywhere.
"""

import json
import os
import secrets
from pathlib import Path

import frappe
from frappe import _
from frappe.model import table_fields
from frappe.utils import now, nowdate

from lsm_crm.services import keys, log_pseudonyms, personal_data

# records whose only content is about the person
REMOVED = (
	"Client Confidential",
	"Case Note",
	"Case Document",
	"Case Letter",
	"Client Search Key",
	"Client Merge",
	"Number Confirmation",
)
# fields that say nothing about a person and keep statistics true
KEPT_TYPES = ("Select", "Int", "Float", "Currency", "Percent", "Check", "Duration", "Rating")
KEPT_DATE_TYPES = ("Date", "Datetime", "Time")
PERSON_WORDS = ("birth", "born", "name", "mail", "phone", "mobile", "address", "postal", "account", "iban")
# {DocType of the framework: (field with the DocType, field with the name)} of copies
COPIES = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Communication Link": ("link_doctype", "link_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"Access Log": ("export_from", "reference_document"),
	"Error Log": ("reference_doctype", "reference_name"),
	"Tag Link": ("document_type", "document_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Workflow Action": ("reference_doctype", "reference_name"),
	"Reminder": ("reminder_doctype", "reminder_docname"),
	"Milestone": ("reference_type", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
}


class HeldError(frappe.ValidationError):
	"""A legal hold keeps this person's data."""


def erase(subject: str, name: str) -> dict[str, int]:
	"""Erase a person in one transaction. Gives {DocType: number of records handled}. Throws HeldError under a legal hold."""
	refuse_held(subject, name)
	if not frappe.db.exists(subject, name):
		return {}
	records = personal_data.records_of(subject, name)
	_leave_others(records, subject, name)
	merged = frappe.get_all("Client", filters={"merged_into": name}, pluck="name") if subject == "Client" else []
	add_papers(records)
	addresses, created = _addresses(subject, name), frappe.db.get_value(subject, name, "creation")
	receipt: dict[str, int] = {}
	for doctype, names in records.items():
		for one in names:
			remove_copies(doctype, one)
			remove_files(doctype, one)
			if doctype in REMOVED:
				delete_rows(doctype, one)
			else:
				anonymise(doctype, one)
		receipt[doctype] = len(names)
	_remove_mail(addresses)
	for one in (name, *merged):
		_replace_number(subject, one)
		log_pseudonyms.forget(subject, one)
	_write_down(subject, name, created)
	frappe.clear_cache()
	return receipt


def _leave_others(records: dict[str, list[str]], subject: str, name: str) -> None:
	"""Take out of `records` what is another person's; of that only the rows about this one are emptied."""
	for doctype, names in records.items():
		for one in [one for one in names if personal_data.is_of_another(doctype, one, subject, name)]:
			names.remove(one)
			_empty_rows(doctype, one, subject, name)


def _empty_rows(doctype: str, parent: str, subject: str, name: str) -> None:
	for field in frappe.get_meta(doctype).get_table_fields():
		for link, target in personal_data.links().get(field.options, {}).items():
			if target == subject:
				found = {"parenttype": doctype, "parent": parent, link: name}
				for row in frappe.get_all(field.options, filters=found, pluck="name"):
					_empty_row(field.options, row)
	told = {"ref_doctype": doctype, "docname": parent, "data": ("like", f"%{name}%")}
	frappe.db.delete("Version", told)


def refuse_held(subject: str, name: str) -> None:
	if is_held(subject, name):
		frappe.throw(
			_("A legal hold keeps the data of {0}.").format(name), title=_("Kept under a legal hold"), exc=HeldError
		)


def is_held(subject: str, name: str) -> bool:
	hold = frappe.qb.DocType("Legal Hold")
	found = (
		frappe.qb.from_(hold)
		.select(hold.name)
		.where((hold.subject_type == subject) & (hold.subject == name) & (hold.active == 1))
		.where(hold.until.isnull() | (hold.until >= nowdate()))
		.limit(1)
		.run()
	)
	return bool(found)


def anonymise(doctype: str, name: str) -> None:
	"""Empty every field of a record and its rows that could say something about a person. No hook runs; `modified` stays."""
	_empty_row(doctype, name)
	for field in frappe.get_meta(doctype).get_table_fields():
		row = frappe.qb.DocType(field.options)
		rows = (
			frappe.qb.from_(row)
			.select(row.name)
			.where((row.parenttype == doctype) & (row.parent == name))
			.run(pluck=True)
		)
		for one in rows:
			_empty_row(field.options, one)


def _empty_row(doctype: str, name: str) -> None:
	values = {field: None for field in emptied_fields(doctype)}
	values.update(
		{
			column: None
			for column in ("_user_tags", "_comments", "_assign", "_liked_by")
			if frappe.db.has_column(doctype, column)
		}
	)
	if values:
		table = frappe.qb.DocType(doctype)
		query = frappe.qb.update(table).where(table.name == name)
		for column, value in values.items():
			query = query.set(table[column], value)
		query.run()


def emptied_fields(doctype: str) -> list[str]:
	"""Fields that erasure empties: everything but choices, numbers, dates of events and links to lists."""
	result = []
	for field in frappe.get_meta(doctype).fields:
		if field.fieldtype in table_fields or not frappe.db.has_column(doctype, field.fieldname):
			continue
		named_after_person = any(word in field.fieldname for word in PERSON_WORDS)
		if field.fieldtype in KEPT_TYPES:
			continue
		if field.fieldtype in KEPT_DATE_TYPES and not named_after_person:
			continue
		if field.fieldtype == "Link" and field.options not in ("User", "Contact", "Address"):
			continue  # lists stay; links to the person are given the random number later
		result.append(field.fieldname)
	return result


def add_papers(records: dict[str, list[str]]) -> None:
	"""Papers hang on cases and not on the person: they are about the person all the same."""
	cases = records.get("Case", [])
	for doctype in ("Case Note", "Case Document", "Case Letter", "Case Deadline", "Referral", "Client Appointment"):
		if not cases or not frappe.db.exists("DocType", doctype) or not frappe.db.has_column(doctype, "case"):
			continue
		table = frappe.qb.DocType(doctype)
		for found in frappe.qb.from_(table).select(table.name).where(table["case"].isin(cases)).run(pluck=True):
			if found not in records.setdefault(doctype, []):
				records[doctype].append(found)


def _addresses(subject: str, name: str) -> list[str]:
	fields = [
		f.fieldname for f in frappe.get_meta(subject).fields if f.options == "Email" or f.fieldname in ("email", "user")
	]
	row = frappe.db.get_value(subject, name, fields, as_dict=True) if fields else {}
	return sorted({value for value in (row or {}).values() if value and "@" in value})


def remove_copies(doctype: str, name: str) -> None:
	for copy, (type_field, name_field) in COPIES.items():
		if frappe.db.table_exists(copy) and frappe.db.has_column(copy, name_field):
			if copy == "Email Queue":
				_remove_queued(frappe.get_all(copy, filters={type_field: doctype, name_field: name}, pluck="name"))
			frappe.db.delete(copy, {type_field: doctype, name_field: name})
	frappe.db.sql("DELETE FROM `__global_search` WHERE doctype = %s AND name = %s", (doctype, name))
	route = frappe.qb.DocType("Route History")
	frappe.qb.from_(route).delete().where(route.route.like(f"%/{name}")).run()
	frappe.clear_document_cache(doctype, name)


def _remove_queued(names: list[str]) -> None:
	if names:
		frappe.db.delete("Email Queue Recipient", {"parent": ("in", names)})
		frappe.db.delete("Email Queue", {"name": ("in", names)})


def _remove_mail(addresses: list[str]) -> None:
	"""Mail to or from the person that hangs on no record."""
	for address in addresses:
		queued = frappe.get_all(
			"Email Queue Recipient", filters={"recipient": ("like", f"%{address}%")}, pluck="parent"
		)
		_remove_queued(queued)
		mail = frappe.qb.DocType("Communication")
		frappe.qb.from_(mail).delete().where(
			mail.sender.like(f"%{address}%") | mail.recipients.like(f"%{address}%")
		).run()
		frappe.db.delete("Email Unsubscribe", {"email": address})
		frappe.db.delete("Email Group Member", {"email": address})


def remove_files(doctype: str, name: str) -> None:
	for file in frappe.get_all(
		"File", filters={"attached_to_doctype": doctype, "attached_to_name": name}, fields=["name", "file_url"]
	):
		frappe.db.delete("File", {"name": file.name})
		if not frappe.db.exists("File", {"file_url": file.file_url}):
			_unlink(file.file_url or "")


def _unlink(url: str) -> None:
	for start, folder in (("/private/files/", "private"), ("/files/", "public")):
		if url.startswith(start):
			base = Path(frappe.get_site_path(folder, "files")).resolve()
			path = (base / url.removeprefix(start)).resolve()
			if path.is_relative_to(base):
				# after the transaction, so that a failed erasure leaves the record whole
				frappe.db.after_commit.add(lambda path=path: path.unlink(missing_ok=True))


def delete_rows(doctype: str, name: str) -> None:
	for field in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(field.options, {"parenttype": doctype, "parent": name})
	frappe.db.delete(doctype, {"name": name})


def _replace_number(subject: str, name: str) -> None:
	"""The person's number could stand on paper or in a mail: the shell gets a random one, in every record that links to it."""
	new = f"ERASED-{secrets.token_hex(6)}"
	for doctype, fields in personal_data.links().items():
		for field, target in fields.items():
			if target == subject and frappe.db.has_column(doctype, field):
				table = frappe.qb.DocType(doctype)
				frappe.qb.update(table).set(table[field], new).where(table[field] == name).run()
	for field in frappe.get_meta(subject).get_table_fields():
		row = frappe.qb.DocType(field.options)
		frappe.qb.update(row).set(row.parent, new).where((row.parenttype == subject) & (row.parent == name)).run()
	# what changed in the records of others, such as who is a child's guardian
	told = {"old": json.dumps(name), "new": json.dumps(new), "found": f"%{json.dumps(name)}%"}
	frappe.db.sql("UPDATE `tabVersion` SET data = REPLACE(data, %(old)s, %(new)s) WHERE data LIKE %(found)s", told)


def list_file() -> Path:
	"""The list of erasures, outside the database: a restored backup holds people again who were erased since."""
	return keys.path().with_suffix(".erasures")


def _write_down(subject: str, name: str, created) -> None:
	line = json.dumps({"kind": subject, "name": name, "created": str(created), "at": now()}) + "\n"
	descriptor = os.open(list_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
	try:
		os.write(descriptor, line.encode())
		os.fsync(descriptor)
	finally:
		os.close(descriptor)


def replay() -> int:
	"""After a restore: erase again whoever was erased since the backup. Gives how many were found again.

	A number alone could by now be somebody else's, so it must be the record that was made at the same moment.
	"""
	path, again = list_file(), 0
	if not path.exists():
		return 0
	for line in path.read_text().splitlines():
		entry = json.loads(line)
		created = frappe.db.get_value(entry["kind"], entry["name"], "creation")
		# a line from before the moment was written down has none
		if created and entry.get("created", str(created)) == str(created):
			erase(entry["kind"], entry["name"])
			frappe.db.commit()
			again += 1
	return again
