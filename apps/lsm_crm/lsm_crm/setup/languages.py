"""The eleven languages in which the foundation helps; Tigrinya is unknown to the framework."""

import frappe

from lsm_crm.constants import LANGUAGES

# For names of languages in lists the English term is enough: Dutch ones come from the translations.
MISSING_IN_FRAMEWORK = {"ti": "ትግርኛ"}


def seed() -> None:
	"""Enable the eleven; disable the others, which the language menu would show."""
	for code, name in MISSING_IN_FRAMEWORK.items():
		if not frappe.db.exists("Language", code):
			frappe.get_doc({"doctype": "Language", "language_code": code, "language_name": name, "enabled": 1}).insert(
				ignore_permissions=True
			)
	language = frappe.qb.DocType("Language")
	frappe.qb.update(language).set(language.enabled, 1).where(language.name.isin(LANGUAGES)).run()
	frappe.qb.update(language).set(language.enabled, 0).where(language.name.notin(LANGUAGES)).run()
	for key in ("languages", "languages_with_name"):
		frappe.cache.delete_value(key)
