"""A line in one person's bell in the desk; by mail too when that person wants it so. It names numbers, never people."""

from collections.abc import Callable

import frappe

from lsm_crm.services.language import in_language


def tell(user: str, text: Callable[[], str], doctype: str, name: str) -> None:
	"""Tell one person; `text` is called in that person's language."""
	with in_language(frappe.db.get_value("User", user, "language")):
		subject = text()
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"from_user": "Administrator",
			"type": "Alert",
			"document_type": doctype,
			"document_name": name,
			"subject": subject,
		}
	).insert(ignore_permissions=True)
