"""The framework's inner way of making a PDF (attachments of mails, automatic reports), closed: the same function, made by the
process that can open no file and reach no address. The addresses that a browser calls are replaced in hooks.py."""

import importlib
import io

import frappe

from lsm_crm.services import pdf

# the framework's modules that hold the function under its name
HOLDERS = ("frappe.utils.pdf", "frappe.email.email_body", "frappe.utils.print_format")
ORIENTATIONS = ("Landscape", "Portrait")


def close(*_args, **_kwargs) -> None:
	"""Before each request and each job; does something once in a process."""
	modules = [importlib.import_module(name) for name in HOLDERS]
	if modules[0].get_pdf is get_pdf:
		return
	globals()["_framework"] = modules[0].get_pdf
	for module in modules:
		module.get_pdf = get_pdf  # type: ignore[attr-defined]
	importlib.import_module("frappe.utils.weasyprint").import_weasyprint = _refuse  # type: ignore[attr-defined]


def get_pdf(html: str, options: dict | None = None, output=None):
	"""Take the place of `frappe.utils.pdf.get_pdf`: bytes, or the given writer with the pages added."""
	from pypdf import PdfReader, PdfWriter

	if "lsm_crm" not in frappe.get_installed_apps():
		return globals()["_framework"](html, options, output)
	options = options or {}
	orientation = str(options.get("orientation") or "Portrait").title()
	if orientation in ORIENTATIONS:
		html = f"<style>@page {{ size: A4 {orientation.lower()} }}</style>{html}"
	content = pdf.render(html)
	if output is not None:
		output.append_pages_from_reader(PdfReader(io.BytesIO(content)))
		return output
	if not options.get("password"):
		return content
	writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
	writer.encrypt(str(options["password"]), algorithm="AES-256")
	out = io.BytesIO()
	writer.write(out)
	return out.getvalue()


def _refuse():
	frappe.throw(frappe._("This way of making a PDF is closed."), frappe.PermissionError)
