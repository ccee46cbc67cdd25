"""The second step of a login, over HTTP."""

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit

from lsm_crm.services import second_factor


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=20, seconds=600, methods=["POST"])
def begin() -> dict:
	"""A fresh secret for the caller: {secret, uri, picture}."""
	_logged_in()
	return second_factor.begin(frappe.session.user)


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=20, seconds=600, methods=["POST"])
def confirm(code: str) -> dict:
	"""Finish the enrolment: {recovery: [10 codes]}."""
	_logged_in()
	return {"recovery": second_factor.confirm(frappe.session.user, code)}


@frappe.whitelist(methods=["POST"])
@rate_limit(limit=20, seconds=600, methods=["POST"])
def verify(code: str) -> dict:
	"""Give the second factor: {next: path}."""
	_logged_in()
	second_factor.verify(frappe.session.user, code)
	return {"next": "/app"}


def _logged_in() -> None:
	if frappe.session.user == "Guest":
		frappe.throw(_("Log in first."), frappe.PermissionError)
