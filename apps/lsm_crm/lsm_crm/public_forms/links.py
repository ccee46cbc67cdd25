"""Which masters a public form may list, and how their names read to a visitor.

Anything else that a form links to is left out: a form must never publish names of people or cases.
"""

import frappe

from lsm_crm.public_site.languages import LANGUAGES

# DocType -> filters. The name is the English term, translated like any other text.
PUBLIC_MASTERS: dict[str, dict] = {
	"Area": {},
	"Event Type": {},
	"Help Topic": {},
	"Partner Organisation": {},
	"Service Type": {},
	"Tutoring Subject": {},
	"Venue": {},
	"Vacancy": {"published": 1},
	"Volunteer Role": {},
}
# DocType -> (filters, fields that make the label): dated things that one can sign up for.
PUBLIC_DATED: dict[str, tuple[dict, tuple[str, ...]]] = {
	"LSM Event": (
		{"workflow_state": "Published", "public": 1, "registration": ("!=", "Closed")},
		("title", "starts_on"),
	),
	"Senior Activity": ({"workflow_state": ("in", ("Published", "Running")), "public": 1}, ("title", "starts_on")),
}
AT_MOST = 200


def options(doctype: str | None) -> list[tuple[str, str]] | None:
	"""Value and English label of each choice, or None when the DocType is not public."""
	if doctype == "Language":
		return _languages()
	if not doctype or not frappe.db.exists("DocType", doctype):
		return None
	if doctype in PUBLIC_MASTERS:
		return _masters(doctype)
	if doctype in PUBLIC_DATED:
		return _dated(doctype)
	return None


def _languages() -> list[tuple[str, str]]:
	"""The foundation's eleven first, by their own names so that everyone finds theirs, then the others."""
	first = [(item.code, item.own_name) for item in LANGUAGES]
	codes = {code for code, _name in first}
	# Names of languages are no secret; guests have no right on the DocType.
	rows = frappe.get_all("Language", fields=["name", "language_name"], order_by="language_name")
	return first + [(row.name, row.language_name) for row in rows if row.name not in codes and "-" not in row.name]


def _masters(doctype: str) -> list[tuple[str, str]]:
	meta = frappe.get_meta(doctype)
	filters = {key: value for key, value in PUBLIC_MASTERS[doctype].items() if meta.has_field(key)}
	for switch in ("enabled", "is_active", "public"):
		if meta.has_field(switch):
			filters[switch] = 1
	if meta.has_field("disabled"):
		filters["disabled"] = 0
	title = meta.get_title_field()
	rows = frappe.get_all(
		doctype, filters=filters, fields=["name", f"{title} as label"], order_by="name", limit=AT_MOST
	)
	return [(row.name, row.label or row.name) for row in rows]


def _dated(doctype: str) -> list[tuple[str, str]]:
	meta = frappe.get_meta(doctype)
	filters, fields = PUBLIC_DATED[doctype]
	filters = {key: value for key, value in filters.items() if meta.has_field(key)}
	fields = [name for name in fields if meta.has_field(name)] or ["name"]
	if "starts_on" in fields:
		filters["starts_on"] = (">=", frappe.utils.nowdate())
	rows = frappe.get_all(doctype, filters=filters, fields=["name", *fields], order_by=fields[-1], limit=AT_MOST)
	return [(row.name, " · ".join(_text(row[name]) for name in fields)) for row in rows]


def _text(value) -> str:
	return value.strftime("%d-%m-%Y %H:%M") if hasattr(value, "strftime") else str(value or "")
