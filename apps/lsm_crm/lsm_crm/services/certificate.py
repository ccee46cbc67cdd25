"""Certificate of hours: what a volunteer did, from approved hours only, in Dutch and in their own language."""

import frappe
from frappe.utils import flt, today
from werkzeug.wrappers import Response

from lsm_crm.services.hours import approved_total


def facts(volunteer: str) -> dict:
	"""What the certificate says: name, roles with hours each, total, first and last day."""
	person = frappe.get_doc("Volunteer", volunteer)
	table = frappe.qb.DocType("Hours Entry")
	functions = frappe.query_builder.functions
	rows = (
		frappe.qb.from_(table)
		.select(table.role, functions.Sum(table.hours), functions.Min(table.day), functions.Max(table.day))
		.where(table.volunteer == volunteer)
		.where(table.state == "Approved")
		.groupby(table.role)
		.orderby(table.role)
		.run()
	)
	return {
		"name": person.full_name,
		"active_since": person.active_since,
		"left_on": person.left_on,
		"by_role": [(role or "", flt(hours, 2)) for role, hours, _first, _last in rows],
		"total": approved_total(volunteer),
		"first_day": min((row[2] for row in rows), default=None),
		"last_day": max((row[3] for row in rows), default=None),
		"made_on": today(),
	}


def as_response(volunteer: str) -> Response:
	"""The certificate as a page of its own that prints on one sheet."""
	from lsm_crm.public_site import languages, response

	language = languages.get_language(frappe.local.lang) or languages.DEFAULT
	answer = response.page("portal/certificate.html", {**facts(volunteer), "path": "", "indexable": False}, language)
	answer.headers["Cache-Control"] = "no-store"
	return answer
