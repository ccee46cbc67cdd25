"""Links to accounts show the person's name, in forms and in what a link field finds."""

import frappe

PROPERTY = {"doc_type": "User", "doctype_or_field": "DocType", "property": "show_title_field_in_link"}


def seed() -> None:
	"""Set it once; a site that takes it back keeps the addresses."""
	if not frappe.db.exists("Property Setter", PROPERTY):
		frappe.get_doc(
			{"doctype": "Property Setter", **PROPERTY, "property_type": "Check", "value": "1", "module": "LSM Settings"}
		).insert(ignore_permissions=True)
