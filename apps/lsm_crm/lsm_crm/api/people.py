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


@frappe.whitelist(methods=["POST"])
def merge(keep: str, merge: str, reason: str) -> dict:
	"""Merge a double into the client to keep; only the coordinator."""
	require_role(COORDINATOR)
	require("Client", "write", keep)
	require("Client", "write", merge)
	return {"merge": merging.merge(keep, merge, reason)}
