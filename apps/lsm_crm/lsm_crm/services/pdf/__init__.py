"""PDFs by WeasyPrint, in a process of its own that has only what it is given.

`render(html)` makes a PDF of a page; `document(doctype, name)` of a record through its print format. Styles and pictures that the page
names are read here, where the caller's rights are known, and handed over; the process can open no file and reach no address.
"""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import frappe
from frappe import _

WORKER = Path(__file__).with_name("worker.py")
TIMEOUT = 90
MAX_HTML = 8 * 1024 * 1024
MAX_RESOURCE = 12 * 1024 * 1024
MAX_RESOURCES = 60
ADDRESS = re.compile(r"""(?:\b(?:href|src)\s*=\s*["']?|url\(\s*["']?)([^"'\s)>]+)""", re.IGNORECASE)


class PdfError(frappe.ValidationError):
	"""The page could not be made into a PDF."""


def render(html: str, resources: dict[str, bytes] | None = None, title: str = "", language: str = "") -> bytes:
	"""A tagged PDF of an HTML page. `resources` are further {address: content} that the page may name."""
	if len(html) > MAX_HTML:
		frappe.throw(_("This page is too long for a PDF."), exc=PdfError)
	given = {**collect(html), **(resources or {})}
	request = {
		"html": html,
		"title": title,
		"language": language or frappe.local.lang or "en",
		"resources": {address: base64.b64encode(content).decode() for address, content in given.items()},
	}
	try:
		done = subprocess.run(
			[sys.executable, "-I", str(WORKER)],
			input=json.dumps(request).encode(),
			capture_output=True,
			timeout=TIMEOUT,
			cwd="/",
			env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"},
		)
	except subprocess.TimeoutExpired:
		frappe.throw(_("Making the PDF took too long."), exc=PdfError)
	if done.returncode or not done.stdout.startswith(b"%PDF-"):
		frappe.logger("lsm.pdf").error(done.stderr[-300:].decode(errors="replace"))
		frappe.throw(_("The PDF could not be made."), exc=PdfError)
	return done.stdout


def document(
	doctype: str,
	name: str,
	print_format: str | None = None,
	language: str | None = None,
	no_letterhead: bool = False,
	letterhead: str | None = None,
) -> bytes:
	"""A PDF of a record for the caller, who must have the right to print it. The reading is logged."""
	from lsm_crm.services import read_log

	doc = frappe.get_doc(doctype, name)
	doc.check_permission("print")
	before = frappe.local.lang
	if language:
		frappe.local.lang = language
	try:
		html = frappe.get_print(
			doctype, name, print_format, doc=doc, no_letterhead=1 if no_letterhead else 0, letterhead=letterhead
		)
		pdf = render(html, title=name, language=frappe.local.lang)
	finally:
		frappe.local.lang = before
	read_log.record("pdf", doctype, [name])
	return pdf


def collect(html: str) -> dict[str, bytes]:
	"""What the page names and the caller may have: built assets, public files, and private files of records they may read."""
	found: dict[str, bytes] = {}
	for address in dict.fromkeys(ADDRESS.findall(html)):
		if len(found) >= MAX_RESOURCES:
			break
		path = _own_path(address)
		if path and (content := _content(path)) is not None:
			found[address] = content
	return found


def _own_path(address: str) -> str | None:
	site = frappe.utils.get_url()
	if address.startswith(site + "/"):
		address = address[len(site) :]
	path = address.split("?", 1)[0].split("#", 1)[0]
	return path if path.startswith(("/assets/", "/files/", "/private/files/")) and ".." not in path else None


def _content(path: str) -> bytes | None:
	if path.startswith("/private/files/"):
		return _private(path)
	if path.startswith("/assets/"):
		# an app's folder in there is a link to its public folder, which is as public
		file = Path(frappe.local.sites_path, path.lstrip("/"))
	else:
		base = Path(frappe.get_site_path("public", "files")).resolve()
		file = (base / path.removeprefix("/files/")).resolve()
		if not file.is_relative_to(base):
			return None
	if not file.is_file() or file.stat().st_size > MAX_RESOURCE:
		return None
	return file.read_bytes()


def _private(path: str) -> bytes | None:
	for name in frappe.get_all("File", filters={"file_url": path, "is_folder": 0}, pluck="name"):
		file = frappe.get_doc("File", name)
		if file.has_permission("read"):
			content = file.get_content()
			return content.encode() if isinstance(content, str) else content
	return None
