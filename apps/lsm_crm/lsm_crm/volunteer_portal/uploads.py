"""Receipts and signed papers from the portal: only pictures and PDF by their content, always private."""

import frappe
from frappe import _

LARGEST = 8 * 1024 * 1024
KINDS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


def keep(upload, doc, field: str) -> str:
	"""Store the upload as a private file of the document and return its address. Its own name is not kept."""
	content = upload.stream.read(LARGEST + 1)
	kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
	if not kind:
		frappe.throw(_("Only a photo (JPG or PNG) or a PDF can be added."), title=_("File"))
	if len(content) > LARGEST:
		frappe.throw(_("The file is too large: at most {0} MB.").format(LARGEST // 1024 // 1024), title=_("File"))
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{field}-{frappe.generate_hash(length=8)}.{kind}",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"attached_to_field": field,
			"is_private": 1,
			"content": content,
		}
	)
	file.save(ignore_permissions=True)
	return file.file_url
