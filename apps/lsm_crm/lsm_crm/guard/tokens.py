"""A token stands for an account that is in use. The framework takes the token of a disabled one, and of any DocType that a header names."""

import frappe

from lsm_crm.guard.errors import log, refuse

SOURCE = "Frappe-Authorization-Source"


def refuse_other_sources() -> None:
	"""Before the framework reads tokens: the DocType that holds them is no choice of the caller's."""
	if frappe.get_request_header(SOURCE) not in (None, "User"):
		log.warning("refused a token of something else than an account")
		raise frappe.PermissionError


def require(call, groups) -> None:
	"""Refuse a token of an account that is closed; and a program's account that comes by any other way than its token."""
	by_token = bool(frappe.get_request_header("Authorization"))
	user = frappe.session.user
	if by_token and user != "Guest" and not frappe.db.get_value("User", user, "enabled"):
		refuse(call, "token of a disabled account")
	if "integration" in groups and not by_token:
		refuse(call, "a program's account without its token")
