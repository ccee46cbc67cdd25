"""Linking to a record is a way to get at it: whoever links must already be allowed to read it."""

import frappe
from frappe import _
from frappe.model.document import Document


def require_read_on_links(doc: Document, *fieldnames: str) -> None:
	"""Throw PermissionError where a link is set or changed to a record that the user may not read."""
	if doc.flags.ignore_permissions or frappe.session.user == "Administrator":
		return
	before = doc.get_doc_before_save()
	for fieldname in fieldnames:
		value = doc.get(fieldname)
		if not value or (before and before.get(fieldname) == value):
			continue
		doctype = doc.meta.get_field(fieldname).options
		if not frappe.has_permission(doctype, "read", value):
			frappe.throw(
				_("You cannot use {0} {1} here, because you have no access to it.").format(_(doctype), value),
				title=_("No access"),
				exc=frappe.PermissionError,
			)


def changed(doc: Document, fieldname: str) -> bool:
	"""Whether the field has another value than the stored one; a new document's filled field counts."""
	before = doc.get_doc_before_save()
	return (before.get(fieldname) if before else None) != doc.get(fieldname)
