"""A token stands for an account that is in use. The framework takes the token of a disabled one, and of any DocType that a header names."""

import frappe

from lsm_crm.guard.errors import log, refuse

SOURCE = "HTTP_FRAPPE_AUTHORIZATION_SOURCE"  # as the server passes the header on


def refuse_other_sources() -> None:
	"""Before the framework reads tokens: the DocType that holds them is no choice of the caller's."""
	if frappe.local.request.environ.get(SOURCE) not in (None, "User"):
		log.warning("refused a token of something else than an account")
		raise frappe.PermissionError


def require(call, groups) -> None:
	"""Refuse a token of an account that is closed; and a program's account that comes by any other way than its token."""
	by_token = bool(frappe.local.request.environ.get("HTTP_AUTHORIZATION"))
	user = frappe.local.session.user
	if by_token and user != "Guest" and not frappe.db.get_value("User", user, "enabled"):
		refuse(call, "token of a disabled account")
	if "integration" in groups and not by_token:
		refuse(call, "a program's account without its token")
