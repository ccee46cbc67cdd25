"""Records whose name is a word, such as topics and roles: the name is English, and Dutch readers get the Dutch one everywhere."""

import frappe
from frappe import _
from frappe.model.document import Document


class Term(Document):
	"""A word that the foundation may add to, with its Dutch in `dutch_name`."""

	def on_update(self):
		translate(self.name, self.get("dutch_name"))


def translate(word: str, dutch: str | None) -> None:
	"""Keep the Dutch as the framework's own translation, where the program's files have none or another."""
	dutch = (dutch or "").strip()
	if not dutch or _(word, lang="nl") == dutch:
		return
	stored = frappe.db.get_value("Translation", {"language": "nl", "source_text": word})
	translation = frappe.get_doc("Translation", stored) if stored else frappe.new_doc("Translation")
	translation.update({"language": "nl", "source_text": word, "translated_text": dutch})
	translation.save(ignore_permissions=True)
	frappe.cache.delete_key("bootinfo")  # the desk's texts come with it


def translate_all() -> None:
	"""For words that were there before this was kept."""
	for name, dutch in _all():
		translate(name, dutch)


def forget_all() -> None:
	"""Before the words themselves go."""
	names = [name for name, _dutch in _all()]
	frappe.db.delete("Translation", {"language": "nl", "source_text": ("in", names or [""])})


def _all() -> list[tuple[str, str]]:
	doctypes = frappe.get_all("DocField", {"fieldname": "dutch_name", "parenttype": "DocType"}, pluck="parent")
	rows = [row for name in doctypes for row in frappe.get_all(name, fields=["name", "dutch_name"])]  # no personal data
	return [(row.name, row.dutch_name) for row in rows]
