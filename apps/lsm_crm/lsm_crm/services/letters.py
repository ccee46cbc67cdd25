"""Letters from templates, in the client's language. Words in braces are filled in; nothing in a template is run."""

import re

import frappe
from babel.dates import format_date
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from lsm_crm.services.language import direction, language_name, left_to_right

_WORD = re.compile(r"\{(\w+)\}")


def templates_for(case: Document) -> list[dict]:
	"""Templates for the case, each with its `label`: in its language first, then Dutch; those of its type first."""
	rows = frappe.get_all(  # texts without personal data; the caller has checked the case
		"Letter Template",
		filters={"disabled": 0, "language": ("in", {case.language or "nl", "nl"})},
		fields=["name", "letter_name", "language", "case_type"],
		order_by="letter_name",
	)
	fitting = [row for row in rows if not row.case_type or row.case_type == case.case_type]
	for row in fitting:
		row.label = f"{_(row.letter_name)} · {language_name(row.language)}"
	return sorted(fitting, key=lambda row: (row.language != case.language, not row.case_type, row.letter_name))


def write(case: Document, template_name: str) -> Document:
	"""A letter in the case from the template, its words filled in."""
	template = frappe.get_cached_doc("Letter Template", template_name)
	words = words_for(case, template.language)
	return frappe.get_doc(
		{
			"doctype": "Case Letter",
			"case": case.name,
			"template": template.name,
			"language": template.language,
			"letter_date": nowdate(),
			"subject": fill_in(template.subject, words),
			"body": fill_in(template.body, words),
		}
	).insert()


def words_for(case: Document, language: str) -> dict[str, str]:
	"""What the words in braces stand for."""
	client = frappe.get_doc("Client", case.client)
	settings = frappe.get_cached_doc("LSM Settings")
	whole = left_to_right if direction(language) == "rtl" else str
	return {
		"client_name": client.full_name,
		"case_number": case.name,
		"worker_name": frappe.utils.get_fullname(case.worker) if case.worker else "",
		"date": day_in_words(nowdate(), language),
		"organisation_name": settings.organisation_name or "",
		"organisation_phone": whole(settings.phone or ""),
		"organisation_email": whole(settings.email or ""),
	}


def fill_in(text: str, words: dict[str, str]) -> str:
	"""Replace each known word; an unknown one is an error that names it, so that no letter goes out with a gap."""
	unknown = sorted(set(_WORD.findall(text)) - set(words))
	if unknown:
		frappe.throw(_("The template has unknown words: {0}.").format(", ".join(unknown)), title=_("Template"))
	return _WORD.sub(lambda match: words[match.group(1)], text)


def day_in_words(day, language: str) -> str:
	"""A date as the language writes it; English as Europe writes it."""
	language = "en_GB" if language == "en" else language
	try:
		return format_date(getdate(day), format="long", locale=language)
	except Exception:  # a language that babel lacks dates for
		return format_date(getdate(day), format="long", locale="en_GB")
