"""What several checks ask: a right on a kind of record, a right on one record, a query that is in the lists."""

import frappe

from lsm_crm.guard.errors import refuse
from lsm_crm.guard.lists import merged


def allowed_query(call, name, groups) -> None:
	if not isinstance(name, str) or name not in merged("QUERIES", groups):
		refuse(call, f"query {str(name)[:80]!r} in no list of this group")


def read_right(call, name: str) -> None:
	if not (frappe.has_permission(name, "read") or frappe.has_permission(name, "select")):
		refuse(call, f"no right to read {name}")


def document_right(call, name: str, document_name, right: str = "read") -> None:
	if not isinstance(document_name, (str, int)) or not document_name:
		refuse(call, "no document named")
	if not frappe.db.exists(name, document_name) or not frappe.has_permission(name, right, str(document_name)):
		refuse(call, f"no right to {right} this {name}")
