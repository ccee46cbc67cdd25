"""Open vacancies, each in the reader's language where someone wrote it, else in Dutch, else as it was typed."""

import frappe
from frappe import _

from lsm_crm.public_site.languages import SiteLanguage


def open_ones() -> list:
	"""Published, begun and not closed. Read for guests on purpose: publishing is what the box means."""
	if not frappe.db.exists("DocType", "Vacancy"):
		return []
	today = frappe.utils.getdate()
	rows = frappe.get_all(
		"Vacancy",
		filters={"published": 1},
		fields=["name", "title", "role", "body", "open_from", "closes_on"],
		order_by="title",
		limit=100,
	)
	return [
		row
		for row in rows
		if (not row.open_from or row.open_from <= today) and (not row.closes_on or row.closes_on >= today)
	]


def get(name: str):
	return next((row for row in open_ones() if row.name == name), None)


def in_language(vacancy, language: SiteLanguage) -> dict:
	"""`text_language` is the language the text is really in, so that it is read out rightly."""
	texts = {
		row.language: row
		for row in frappe.get_all(
			"Vacancy Text", filters={"parent": vacancy.name}, fields=["language", "title", "body"]
		)
	}
	own = texts.get(language.code)
	title, body, code = (own.title, own.body, language.code) if own else (vacancy.title, vacancy.body, "en")
	if not own and _(vacancy.body) != vacancy.body:
		title, body, code = _(vacancy.title), _(vacancy.body), language.code
	elif not own and language.code != "en" and "nl" in texts:
		title, body, code = texts["nl"].title, texts["nl"].body, "nl"
	return {
		"name": vacancy.name,
		"title": title,
		"paragraphs": [line for line in (body or "").split("\n") if line.strip()],
		"text_language": code,
		"role": vacancy.role,
		"closes_on": vacancy.closes_on,
	}
