"""All that happened in a case, in one order: for the form's timeline and the printed case file."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

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
			words = [_(str(row[name])) for name in fields if row[name]]
			found.append({"when": row[date_field], "doctype": doctype, "name": row.name, "text": " · ".join(words)})
	for row in case.assignments:
		found.append(
			{"when": row.from_date, "doctype": "", "name": "", "text": f"{_(row.part)}: {row.user} {row.reason or ''}"}
		)
	return sorted(found, key=lambda row: get_datetime(row["when"]), reverse=True)
