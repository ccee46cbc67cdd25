"""Vacancies as visitors see them: open ones only, in their language, else in English."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import today


def open_vacancies(language: str) -> list[dict]:
	"""Return [{name, role, title, body, language}] of what is open today. Holds no data of persons."""
	table = DocType("Vacancy")
	day = today()
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.role, table.title, table.body)
		.where(table.published == 1)
		.where(table.open_from.isnull() | (table.open_from <= day))
		.where(table.closes_on.isnull() | (table.closes_on >= day))
		.orderby(table.title)
		.run(as_dict=True)
	)
	texts = frappe.get_all(
		"Vacancy Text",
		{"parent": ("in", [row.name for row in rows] or [""]), "language": language},
		["parent", "title", "body"],
	)
	translated = {text.parent: text for text in texts}
	for row in rows:
		text = translated.get(row.name)
		row.language = language if text else "en"
		if text:
			row.title, row.body = text.title, text.body
	return rows
