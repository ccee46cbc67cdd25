"""All that happened in a case, in one order: for the form's timeline and the printed case file."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from lsm_crm.services import staff_names
from lsm_crm.services.language import language_name

SOURCES = (
	("Case Note", "noted_on", ("kind", "author", "minutes")),
	("Case Letter", "letter_date", ("template", "language")),
	("Case Document", "received_on", ("title", "kind")),
	("Case Deadline", "due_on", ("title", "status")),
	("Client Appointment", "starts_on", ("subject", "status")),
	("Referral", "referred_on", ("partner", "workflow_state")),
	("Help Request", "request_date", ("main_topic", "channel")),
)


def of_case(case: Document) -> list[dict]:
	"""[{"when", "doctype", "name", "text"}], the last first: only what the user may read, one query for each kind."""
	found = []
	for doctype, date_field, fields in SOURCES:
		if not frappe.has_permission(doctype, "read"):
			continue
		for row in frappe.get_list(
			doctype,
			filters={"case": case.name},
			fields=["name", date_field, *fields],
			order_by=f"{date_field} desc",
			limit=200,
		):
			found.append((row[date_field], doctype, row.name, {name: row[name] for name in fields if row[name]}))
	people = staff_names.of([row.user for row in case.assignments] + [row[-1].get("author") for row in found])
	entries = [_entry(when, kind, name, " · ".join(_words(values, people))) for when, kind, name, values in found]
	for row in case.assignments:
		text = f"{_(row.part)}: {people.get(row.user, row.user)} {row.reason or ''}".rstrip()
		entries.append(_entry(row.from_date, "", "", text))
	return sorted(entries, key=lambda row: get_datetime(row["when"]), reverse=True)


def _entry(when, doctype: str, name: str, text: str) -> dict:
	return {"when": when, "doctype": doctype, "name": name, "text": text}


def _words(values: dict, people: dict[str, str]) -> list[str]:
	"""What is told of a record, accounts by the names of their people."""
	own = {
		"author": lambda value: people.get(value, value),
		"language": language_name,
		"minutes": lambda value: _("{0} minutes").format(value),
	}
	return [own.get(name, lambda value: _(str(value)))(value) for name, value in values.items()]
