"""Row rules of this module; see the package for their form."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import now_datetime
from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule

# what an emergency opens: to see and to print, never to change
OPENED_ACTIONS = ("read", "print", "select")
OPENED_DOCTYPES = ("Client", "Client Confidential", "Case")


@row_rule("own_emergencies")
def own_emergencies(table, user: str) -> Criterion:
	"""Emergency accesses that the user made."""
	return table.user == user


def emergency_rows(doctype: str, table, user: str, action: str) -> Criterion | None:
	"""Records that an emergency access of this user opens today."""
	if doctype not in OPENED_DOCTYPES or action not in OPENED_ACTIONS:
		return None
	access = DocType("Emergency Access")
	opened = (
		frappe.qb.from_(access)
		.select(access.record)
		.where((access.record_type == doctype) & (access.user == user) & (access.until > now_datetime()))
	)
	return table.name.isin(opened)
