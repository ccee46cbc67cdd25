"""PDFs over HTTP. They take the place of the framework's functions of the same names, whose way of making them reads any file."""

import json

import frappe
from frappe import _

from lsm_crm.overrides.files import download
from lsm_crm.services import pdf as pdfs

MOST_AT_ONCE = 50


@frappe.whitelist(methods=["GET", "POST"])
def download_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	doc: str | None = None,
	no_letterhead: str | int = 0,
	language: str | None = None,
	letterhead: str | None = None,
	print_format: str | None = None,
):
	"""The record as a PDF download, through its print format."""
	content = pdfs.document(
		doctype, name, format or print_format, language, bool(frappe.utils.cint(no_letterhead)), letterhead
	)
	return download(f"{name.replace('/', '-')}.pdf", content)


@frappe.whitelist(methods=["GET", "POST"])
def download_multi_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	no_letterhead: str | int = 0,
	letterhead: str | None = None,
	options: str | None = None,
):
	"""Several records of one DocType in one PDF; `name` is a JSON list."""
	import io

	from pypdf import PdfReader, PdfWriter

	names = json.loads(name)
	if not isinstance(names, list) or len(names) > MOST_AT_ONCE:
		frappe.throw(_("At most {0} records can be printed at once.").format(MOST_AT_ONCE))
	writer = PdfWriter()
	for one in names:
		page = pdfs.document(doctype, str(one), format, None, bool(frappe.utils.cint(no_letterhead)), letterhead)
		writer.append(PdfReader(io.BytesIO(page)))
	out = io.BytesIO()
	writer.write(out)
	return download(f"{doctype}.pdf", out.getvalue())


@frappe.whitelist(methods=["POST"])
def report_to_pdf(html: str, orientation: str = "Landscape"):
	"""A report that the desk has drawn, as a PDF. The page is the client's; it gets nothing beyond built assets."""
	style = "<style>@page { size: A4 %s }</style>" % ("landscape" if orientation == "Landscape" else "portrait")
	return download("report.pdf", pdfs.render(style + html))
