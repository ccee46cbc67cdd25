"""What programs may call here, told to programs."""

import frappe

from lsm_crm.services import openapi as service


@frappe.whitelist(methods=["GET"])
def openapi() -> dict:
	"""The OpenAPI description of what the caller's own account may call."""
	if frappe.session.user == "Guest":
		raise frappe.PermissionError
	return service.describe(frappe.session.user)
