"""Confirming that a number in free text is not a citizen service number."""

import frappe

from lsm_crm import permission_table
from lsm_crm.services import bsn


@frappe.whitelist(methods=["POST"])
def confirm(doctype: str, number: str, meaning: str) -> str:
	"""Log what the number is; who may write the DocType may confirm."""
	if doctype not in permission_table.load():
		raise frappe.PermissionError
	if not (frappe.has_permission(doctype, "write") or frappe.has_permission(doctype, "create")):
		raise frappe.PermissionError
	return bsn.confirm(doctype, number, meaning)
