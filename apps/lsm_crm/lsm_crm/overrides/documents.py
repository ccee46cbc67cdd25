"""What holds for every document that comes in over HTTP, whatever function brought it."""

import re

import frappe
from bs4 import BeautifulSoup
from frappe import _
from frappe.core.doctype.deleted_document.deleted_document import DeletedDocument
from frappe.utils.html_utils import is_json, sanitize_html

from lsm_crm.guard import doctypes


def before_insert(doc, method=None) -> None:
	"""Who makes a document owns it: an owner that a client chose could open it to somebody else."""
	if _from_client(doc):
		doc.owner = frappe.session.user


# where people type; the framework takes markup out of these, but for the two kinds below
TYPED = frozenset(("Data", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor"))
FORMATTED = frozenset(("Text Editor", "HTML Editor", "Markdown Editor"))
TAG = re.compile(r"<(?=[A-Za-z/!?])")


def escape_markup(doc) -> None:
	"""Escape the markup that the framework would leave: in a text that is valid JSON (a name in quotes), and a tag that is not closed
	and that the page around it would close."""
	for row in (doc, *doc.get_all_children()):
		for field in row.meta.fields:
			value = row.get(field.fieldname)
			if field.fieldtype in TYPED and isinstance(value, str) and TAG.search(value) and _is_left(value):
				row.set(field.fieldname, TAG.sub("&lt;", value))


def before_print(doc, method=None, *_settings) -> None:
	"""What was typed is printed as text, also where it came into the database past a save: the framework prints what is stored."""
	titles = doc.get("__link_titles") or {}  # of the records it links to, which are printed in place of their numbers
	titles.update({key: TAG.sub("&lt;", title) for key, title in titles.items() if isinstance(title, str)})
	for row in (doc, *doc.get_all_children()):
		for field in row.meta.fields:
			value = row.get(field.fieldname)
			if not isinstance(value, str) or not TAG.search(value):
				continue
			if field.fieldtype in FORMATTED and not _is_left(value):
				row.set(field.fieldname, sanitize_html(value))
			elif field.fieldtype in TYPED:
				row.set(field.fieldname, TAG.sub("&lt;", value))


def _is_left(value: str) -> bool:
	return is_json(value) or "<!-- markdown -->" in value or not BeautifulSoup(value, "html.parser").find()


def before_validate(doc, method=None) -> None:
	"""The owner never changes, and a write on a record of this app says which version it was made from."""
	if doctypes.is_own(doc.doctype) or doc.doctype in PERSONAL:
		escape_markup(doc)
	if doc.is_new() or not _from_client(doc):
		return
	stored = doc.get_doc_before_save()
	if stored and stored.owner != doc.owner:
		frappe.throw(_("The owner of a record cannot be changed."), frappe.PermissionError)
	if doctypes.is_own(doc.doctype) and not doc.get("_original_modified"):
		frappe.throw(
			_("Reload {0} before you change it: it is not known which version this was made from.").format(doc.name),
			title=_("Version missing"),
			exc=frappe.TimestampMismatchError,
		)


def _from_client(doc) -> bool:
	if not getattr(frappe.local, "request", None) or doc.flags.ignore_permissions:
		return False
	return not (frappe.flags.in_install or frappe.flags.in_migrate)


def refuse_share(doc, method=None) -> None:
	"""Records of this app are opened by role, by work on a case or by emergency access; never by sharing."""
	if doctypes.is_own(doc.share_doctype):
		frappe.throw(_("Records cannot be shared."), frappe.PermissionError)


# framework DocTypes whose deleted documents would keep texts about people
PERSONAL = frozenset(
	("File", "Comment", "Communication", "ToDo", "Version", "User", "Contact", "Address", "Email Queue")
)


def refuse_rename(doc, method=None, old=None, new=None, merge=False) -> None:
	"""Records have numbers, and encrypted values are bound to them; merging would give one person's data another's rights."""
	if doctypes.is_own(doc.doctype) and (merge or not doc.meta.allow_rename):
		frappe.throw(_("Records of this kind cannot be renamed or merged."), frappe.PermissionError)


class EmptyDeletedDocument(DeletedDocument):
	"""What is deleted is gone: the framework would keep a readable copy of it."""

	def db_insert(self, *args, **kwargs):
		if doctypes.is_own(self.deleted_doctype) or self.deleted_doctype in PERSONAL:
			self.data = "{}"
		return super().db_insert(*args, **kwargs)
