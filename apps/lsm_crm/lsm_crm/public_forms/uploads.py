"""Files added to a form, kept until it is sent.

A file can not travel in the page as the answers do. It is stored in the database encrypted with a key that only
the visitor's own page holds (in the sealed draft), and removed after a day when the form was never sent.
"""

import filetype
import frappe
from cryptography.fernet import Fernet, InvalidToken
from frappe import _
from werkzeug.datastructures import FileStorage

from lsm_crm.public_forms.definition import Form, FormField
from lsm_crm.public_forms.draft import Draft

MAX_MEGABYTES = 8
KEPT_HOURS = 24
ACCEPTED = {
	"image/jpeg": "jpg",
	"image/png": "png",
	"image/webp": "webp",
	"image/heic": "heic",
	"application/pdf": "pdf",
}
ACCEPT_ATTRIBUTE = "image/*,application/pdf"


def keep(item: FormField, file: FileStorage | None, draft: Draft) -> str | None:
	"""Store a newly chosen file and note it in the draft. Gives what is wrong with it, if anything."""
	if not file or not file.filename:
		return None
	content = file.stream.read(MAX_MEGABYTES * 1024 * 1024 + 1)
	if len(content) > MAX_MEGABYTES * 1024 * 1024:
		return _("This file is too big: at most {0} MB.").format(MAX_MEGABYTES)
	kind = filetype.guess(content)
	if not kind or kind.mime not in ACCEPTED:
		return _("Only a photo or a PDF can be added.")
	key = Fernet.generate_key()
	stored = frappe.new_doc("Form Upload")
	stored.content = Fernet(key).encrypt(content).decode()
	stored.insert(ignore_permissions=True)
	drop(item, draft)
	draft.values[item.name] = {
		"upload": stored.name,
		"key": key.decode(),
		"name": (file.filename.replace("\\", "/").rsplit("/", 1)[-1])[:80],
		"extension": ACCEPTED[kind.mime],
	}
	return None


def drop(item: FormField, draft: Draft) -> None:
	earlier = draft.values.pop(item.name, None)
	if earlier:
		frappe.db.delete("Form Upload", {"name": earlier["upload"]})


def attach(form: Form, draft: Draft, record) -> None:
	"""Make the kept files private attachments of the record."""
	for item in form.fields:
		kept = draft.values.get(item.name)
		if item.kind != "file" or not kept:
			continue
		content = frappe.db.get_value("Form Upload", kept["upload"], "content")
		if not content:
			raise frappe.ValidationError(_("The file was kept for one day only. Please add it again."))
		try:
			plain = Fernet(kept["key"].encode()).decrypt(content.encode())
		except InvalidToken as error:
			raise frappe.ValidationError(_("The file could not be read. Please add it again.")) from error
		file = frappe.new_doc("File")
		file.update(
			{
				# The sender's own file name may tell more than they meant to.
				"file_name": f"{frappe.scrub(item.name)}-{frappe.generate_hash(length=8)}.{kept['extension']}",
				"is_private": 1,
				"content": plain,
				"attached_to_doctype": record.doctype,
				"attached_to_name": record.name,
				"attached_to_field": item.name,
			}
		)
		file.insert(ignore_permissions=True)
		record.db_set(item.name, file.file_url, update_modified=False)
		frappe.db.delete("Form Upload", {"name": kept["upload"]})


def remove_old() -> None:
	"""Scheduler: files of forms that were never sent."""
	before = frappe.utils.add_to_date(None, hours=-KEPT_HOURS)
	frappe.db.delete("Form Upload", {"creation": ("<", before)})
