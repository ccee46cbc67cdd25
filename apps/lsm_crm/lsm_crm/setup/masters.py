"""How a seed puts in a master record: insert when missing, never overwrite what staff changed."""

import frappe


def insert_missing(doctype: str, name: str, **values) -> str:
	"""Insert the document under that name unless it exists; return the name."""
	if not frappe.db.exists(doctype, name):
		doc = frappe.get_doc({"doctype": doctype, **values})
		doc.insert(ignore_permissions=True, ignore_if_duplicate=True, set_name=name)
	return name
