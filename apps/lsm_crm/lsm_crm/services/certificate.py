"""Certificate of hours: what a volunteer did, from approved hours only, in Dutch and in their own language."""

import frappe
from babel.numbers import format_decimal
from frappe import _
from frappe.utils import flt, today
from werkzeug.wrappers import Response

from lsm_crm.services import pdf
from lsm_crm.services.hours import approved_total
from lsm_crm.services.language import direction, in_language
from lsm_crm.services.letters import day_in_words

DUTCH = "nl"
TEMPLATE = "templates/print/certificate_of_hours.html"


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
		"by_role": [(role or "", flt(hours, 2)) for role, hours, _first, _last in rows],
		"total": approved_total(volunteer),
		"first_day": min((row[2] for row in rows), default=None),
		"last_day": max((row[3] for row in rows), default=None),
		"made_on": today(),
	}


def paper(volunteer: str, language: str | None) -> dict:
	"""The printed sheet: a column of words in Dutch and one in the volunteer's language, unless that is Dutch."""
	known = facts(volunteer)
	settings = frappe.get_cached_doc("LSM Settings")
	columns = []
	for code in dict.fromkeys((DUTCH, language or DUTCH)):
		with in_language(code) as found:
			columns.append(_column(known, found))
	return {
		"name": known["name"],
		"organisation": settings.organisation_name,
		"phone": settings.phone,
		"email": settings.email,
		"columns": columns,
	}


def _column(known: dict, code: str) -> dict:
	def number(value: float) -> str:
		return format_decimal(value, locale=code, numbering_system="latn")

	days = [day_in_words(known[key], code) if known[key] else "" for key in ("first_day", "last_day", "made_on")]
	if known["total"]:
		sentence = _("did {0} hours of voluntary work between {1} and {2}.").format(number(known["total"]), *days[:2])
	else:
		sentence = _("There are no approved hours yet.")
	return {
		"language": code,
		"direction": direction(code),
		"heading": _("Certificate of volunteer hours"),
		"sentence": sentence,
		"titles": (_("Role"), _("Hours")),
		"rows": [(_(role) if role else "–", number(hours)) for role, hours in known["by_role"]],
		"counted": _("Only hours that the coordinator approved are counted."),
		"made_on": days[2],
		"signature": _("For the foundation"),
	}


def as_pdf(volunteer: str, language: str) -> Response:
	"""The same sheet as the desk prints, for the volunteer's own page."""
	html = frappe.render_template(TEMPLATE, {"paper": paper(volunteer, language)})
	with in_language(DUTCH):
		title = _("Certificate of volunteer hours")
	answer = Response(pdf.render(html, title=title, language=DUTCH), mimetype="application/pdf")
	answer.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
	answer.headers["Cache-Control"] = "no-store"
	return answer


def as_response(volunteer: str) -> Response:
	"""The certificate as a page of its own that prints on one sheet."""
	from lsm_crm.public_site import languages, response

	language = languages.get_language(frappe.local.lang) or languages.DEFAULT
	sheet = paper(volunteer, language.code)
	context = {**sheet, "own": sheet["columns"][-1], "path": "", "indexable": False}
	answer = response.page("portal/certificate.html", context, language)
	answer.headers["Cache-Control"] = "no-store"
	return answer
