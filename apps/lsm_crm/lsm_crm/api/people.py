"""Finding a client again, and seeing whether a new one is known already."""

import frappe
from frappe.utils import cint

from lsm_crm.constants import CASE_WORKER, COORDINATOR, FRONT_OFFICE
from lsm_crm.services import merging, people_search
from lsm_crm.services.access import require, require_role

ROLES = (FRONT_OFFICE, CASE_WORKER, COORDINATOR)


@frappe.whitelist(methods=["POST"])
def search(text: str) -> list[dict]:
	"""Number, name and year of birth of the likeliest ten. POST, so that no name stands in a web server's log."""
	require_role(*ROLES)
	return people_search.search(text)


@frappe.whitelist(methods=["POST"])
def likely_doubles(
	full_name: str, birth_year: int | str = 0, phone: str = "", email: str = "", besides: str = ""
) -> list[dict]:
	"""The same of clients who may be this person."""
	require_role(*ROLES)
	return people_search.likely_doubles(full_name, cint(birth_year) or None, [phone], email or None, besides or None)


@frappe.whitelist(methods=["GET", "POST"])
def staff_with_role(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: dict | None = None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
) -> list:
	"""People who may work on cases, for a link field: [[account, name]]; `filters` says with which role."""
	require_role(CASE_WORKER, COORDINATOR)
	role = (filters or {}).get("role")
	if role not in (CASE_WORKER, COORDINATOR):
		return []
	return people_search.staff(role, txt, start, page_len)


@frappe.whitelist(methods=["POST"])
def merge(keep: str, merge: str, reason: str) -> dict:
	"""Merge a double into the client to keep; only the coordinator."""
	require_role(COORDINATOR)
	require("Client", "write", keep)
	require("Client", "write", merge)
	return {"merge": merging.merge(keep, merge, reason)}
