"""Functions of the desk whose answers hold more than the caller may read. Each gives the framework's answer, cut to the row rules."""

import frappe
from frappe.desk.form import load
from frappe.utils import global_search

from lsm_crm.services import staff_names

MOST = 100


@frappe.whitelist(methods=["GET", "POST"])
def getdoc(doctype: str, name: str, user: str | None = None):
	"""A document for its form, with titles of only those linked documents that the caller may read."""
	load.getdoc(doctype, name)
	titles = frappe.local.response.get("_link_titles")
	if titles:
		frappe.local.response["_link_titles"] = _titles_to_tell(titles)


@frappe.whitelist(methods=["GET", "POST"])
def get_open_count(doctype: str, name: str, items: str | None = None) -> dict:
	"""How many linked documents the caller may read; the framework counts all."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission()
	links = doc.meta.get_dashboard_data()
	linked = [item for group in links.transactions for item in group.get("items", ())]
	counts = []
	for item in linked:
		if item in links.get("internal_links", {}) or not frappe.has_permission(item, "read"):
			continue
		field = links.get("non_standard_fieldnames", {}).get(item, links.get("fieldname"))
		found = frappe.get_list(item, filters={field: name}, limit=MOST, pluck="name")
		counts.append({"name": item, "count": len(found)})
	return {"count": counts, "timeline_data": {}}


@frappe.whitelist(methods=["GET", "POST"])
def search(text: str, start: int = 0, limit: int = 20, doctype: str = "") -> list:
	"""Global search over documents that the caller may read; the framework looks at DocTypes only."""
	found = global_search.search(text, start=start, limit=min(int(limit), MOST), doctype=doctype)
	return [row for row in found if _may_read(row.doctype, row.name)]


def _titles_to_tell(titles: dict[str, str]) -> dict[str, str]:
	"""Of the titles that the framework found: names of staff, and of records that the caller may read."""
	linked = [key.split("::", 1) for key in titles]
	told = {f"User::{name}": title for name, title in staff_names.of([n for dt, n in linked if dt == "User"]).items()}
	for key, (doctype, name) in zip(titles, linked):
		if doctype != "User" and _may_read(doctype, name):
			told[key] = titles[key]
	return told


def _may_read(doctype: str, name: str) -> bool:
	return bool(frappe.has_permission(doctype, "read", name) or frappe.has_permission(doctype, "select", name))
