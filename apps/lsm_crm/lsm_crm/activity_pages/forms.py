"""What a page of this package reads from a request."""

import frappe


def posted(field: str) -> str:
	"""A field of the form, trimmed; empty when it was not sent."""
	return str(frappe.local.request.form.get(field) or "").strip()[:500]


def is_post() -> bool:
	return frappe.local.request.method == "POST"


def require_role(*roles: str) -> None:
	"""Refuse who has none of the roles; a guest is sent to the login."""
	if not set(roles) & set(frappe.get_roles()):
		raise frappe.PermissionError
