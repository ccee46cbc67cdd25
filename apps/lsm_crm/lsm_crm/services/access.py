"""The first line of an endpoint: may this user do this? Each throws PermissionError, which answers 403.

The framework's own `has_permission(throw=True)` and `only_for` are no help here: in 2023 the first answers with another
error and the second lets everything pass in tests.
"""

import frappe
from frappe import _


def require(doctype: str, action: str, name: str | None = None) -> None:
	"""Throw unless the session's user may do this to the DocType, or to that document."""
	if name is not None and not (name and frappe.db.exists(doctype, name)):
		_refuse(f"{_(doctype)} {name}")
	if not frappe.has_permission(doctype, action, name or None):
		_refuse(f"{_(doctype)} {name}" if name else _(doctype))


def require_role(*roles: str) -> None:
	"""Throw unless the session's user has one of the roles."""
	if frappe.session.user != "Administrator" and not set(roles).intersection(frappe.get_roles()):
		_refuse(", ".join(_(role) for role in roles))


def _refuse(what: str) -> None:
	frappe.throw(_("You have no access to this: {0}.").format(what), title=_("No access"), exc=frappe.PermissionError)
