"""Uploaded files: allowed kinds checked by content, pictures made anew, private, encrypted on disk, given out as downloads."""

import errno
import io
import mimetypes
import os
import re
import secrets
import zipfile
from pathlib import Path
from urllib.parse import quote

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.core.doctype.file.file import has_permission as framework_permission
from PIL import Image
from werkzeug.exceptions import Forbidden, HTTPException, NotFound
from werkzeug.wrappers import Response

from lsm_crm.guard import doctypes
from lsm_crm.services import encryption, read_log
from lsm_crm.services.personal_data import is_personal

MAX_PIXELS = 40_000_000
# extension: (kind, how the content must begin)
KINDS = {
	"pdf": ("document", b"%PDF-"),
	"png": ("picture", b"\x89PNG\r\n\x1a\n"),
	"jpg": ("picture", b"\xff\xd8\xff"),
	"jpeg": ("picture", b"\xff\xd8\xff"),
	"webp": ("picture", b"RIFF"),
	"docx": ("office", b"PK\x03\x04"),
	"xlsx": ("office", b"PK\x03\x04"),
	"odt": ("office", b"PK\x03\x04"),
	"ods": ("office", b"PK\x03\x04"),
	"txt": ("text", b""),
	"csv": ("text", b""),
	"ics": ("text", b""),
}
PICTURE_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "ods": "content.xml"}
# a picture can be shown in the page; everything else is a download
SHOWN = ("png", "jpg", "jpeg", "webp")


class FileKindError(frappe.ValidationError):
	"""Not a kind of file that is accepted, or its content is not what its name says."""


class DiskFullError(frappe.ValidationError):
	"""There is no room for this file."""

	http_status_code = 507


class GuardedFile(File):
	"""The framework's File with checks on what comes in and encryption of what is kept."""

	def before_insert(self):
		self.refuse_foreign_address()
		self.refuse_foreign_target()
		self.check_content()
		self.take_neutral_name()
		super().before_insert()

	def validate(self):
		if not self.is_folder and not self.is_new():
			self.refuse_moved_address()
		super().validate()

	def refuse_foreign_address(self) -> None:
		"""A file comes with its content. By address it could be another's, or a page that the server would fetch."""
		if self.is_folder or self.flags.lsm_generated or not self.file_url:
			return
		if self.file_url.startswith("/assets/"):
			return
		if self.content and not self.file_url.lower().startswith(("http:", "https:")):
			self.file_url = None
			return
		if _own_generated(self):
			return
		frappe.throw(_("A file is uploaded with its content, not by an address."), frappe.PermissionError)

	def refuse_moved_address(self) -> None:
		stored = frappe.db.get_value(
			"File", self.name, ["file_url", "attached_to_doctype", "attached_to_name"], as_dict=True
		)
		if not stored or self.flags.ignore_permissions or not getattr(frappe.local, "request", None):
			return
		if stored.file_url != self.file_url or (
			stored.attached_to_name
			and (stored.attached_to_doctype, stored.attached_to_name)
			!= (self.attached_to_doctype, self.attached_to_name)
		):
			frappe.throw(_("A file stays where it was uploaded."), frappe.PermissionError)
		if frappe.db.get_value("File", self.name, "is_private") and not self.is_private:
			frappe.throw(_("A private file stays private."), frappe.PermissionError)

	def refuse_foreign_target(self) -> None:
		"""Who attaches a file must be allowed to write what it is attached to."""
		if self.flags.ignore_permissions or not self.attached_to_doctype or not self.attached_to_name:
			return
		if not getattr(frappe.local, "request", None):
			return
		if not frappe.db.exists(self.attached_to_doctype, self.attached_to_name):
			frappe.throw(_("The record of this file does not exist."), frappe.DoesNotExistError)
		if not frappe.has_permission(self.attached_to_doctype, "write", self.attached_to_name):
			frappe.throw(_("You may not add files to this record."), frappe.PermissionError)

	def check_content(self) -> None:
		if self.is_folder or not self.content:
			return
		content = self.get_content()
		content = content.encode() if isinstance(content, str) else content
		if self.flags.lsm_generated or not getattr(frappe.local, "request", None):
			return
		self.content = checked(self.file_name or "", content)
		self.decode = False
		if not _may_be_public(self):
			self.is_private = 1

	def take_neutral_name(self) -> None:
		"""A file with a person's record is called after the record: names that people give ("passport Amina.pdf") stand in the clear
		on the disk, in addresses, logs and backups. What a paper is about is told in its record, where it is encrypted."""
		if self.is_folder or self.flags.lsm_generated or self.flags.ignore_permissions:
			return
		if not getattr(frappe.local, "request", None) or not self.attached_to_name:
			return
		if not _about_people(self.attached_to_doctype):
			return
		extension = (self.file_name or "").rsplit(".", 1)[-1].lower()
		if extension not in KINDS:
			return
		attached = {"attached_to_doctype": self.attached_to_doctype, "attached_to_name": self.attached_to_name}
		number = frappe.db.count("File", attached) + 1
		self.file_name = f"{re.sub(r'[^A-Za-z0-9-]', '-', str(self.attached_to_name))}-{number}.{extension}"

	def write_file(self):
		try:
			return self._write_protected()
		except OSError as error:
			if error.errno != errno.ENOSPC:
				raise
			Path(self.get_full_path()).unlink(missing_ok=True)
			frappe.throw(
				_(
					"There is no room left on the server's disk. The file was not kept; please tell who looks after the server."
				),
				title=_("Disk full"),
				exc=DiskFullError,
			)

	def _write_protected(self):
		"""The framework's own writing, given cipher text for a private file: no plain byte reaches the disk."""
		if self.is_remote_file or not self.is_private:
			return super().write_file()
		plain = self._content.encode() if isinstance(self._content, str) else self._content
		self._content = encryption.encrypt_file(plain)
		try:
			return super().write_file()
		finally:
			self._content = plain

	def get_content(self):
		if self.get("content") or self.is_folder or not self.is_private:
			return super().get_content()
		path = Path(self.get_full_path())
		if path.is_symlink() or not path.is_file():
			raise NotFound
		self._content = encryption.decrypt_file(path.read_bytes())
		try:
			self._content = self._content.decode()
		except UnicodeDecodeError:
			pass
		return self._content

	def generate_content_hash(self):
		# over the content and not over what is stored, so that equal files are seen as equal
		if self.content_hash or not self.file_url or self.is_remote_file:
			return
		from frappe.core.doctype.file.utils import get_content_hash

		content = self.get_content()
		self.content_hash = get_content_hash(content.encode() if isinstance(content, str) else content)

	def make_thumbnail(self, *args, **kwargs):
		# the framework would fetch an address, and would write the small picture where everybody can read it
		return None

	def is_downloadable(self):
		return bool(self.has_permission("read"))


def _own_generated(doc: File) -> bool:
	"""A further File row for a file that the caller may already read (the framework makes one for a duplicate)."""
	url = doc.file_url or ""
	if not url.startswith(("/files/", "/private/files/")) or ".." in url:
		return False
	if not getattr(frappe.local, "request", None) or doc.flags.ignore_permissions:
		return True
	rows = frappe.get_all("File", filters={"file_url": url, "is_folder": 0}, pluck="name")
	return any(frappe.has_permission("File", "read", name) for name in rows) and not url.startswith("/private/")


def _about_people(doctype: str | None) -> bool:
	"""Whether records of this kind are a person's, lead to one's, or hold what is encrypted."""
	if not doctype or not doctypes.is_own(doctype):
		return False
	if is_personal(doctype) or encryption.encrypted_fields(doctype):
		return True
	return any(is_personal(field.options) for field in frappe.get_meta(doctype).get_link_fields())


def _may_be_public(doc: File) -> bool:
	"""Only pictures of the site's own look are public, and only who manages the site sets them."""
	if doc.attached_to_doctype in ("Website Settings", "Letter Head", "Website Theme", "Navbar Settings"):
		return "System Manager" in frappe.get_roles()
	return False


def checked(name: str, content: bytes) -> bytes:
	"""The content as it may be kept. Refuses kinds that are not accepted and content that is not what the name says."""
	extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
	if extension not in KINDS:
		_refuse_kind(_("Files of this kind are not accepted. Accepted are: {0}").format(", ".join(sorted(KINDS))))
	kind, start = KINDS[extension]
	if not content.startswith(start):
		_refuse_kind(_("The content of {0} is not what its name says.").format(name))
	return {"picture": _picture, "office": _office, "text": _text, "document": _pdf}[kind](content, extension)


def _refuse_kind(text: str):
	frappe.throw(text, title=_("File not accepted"), exc=FileKindError)


def _picture(content: bytes, extension: str) -> bytes:
	"""Made anew from its pixels: nothing hidden in it or after it survives, nor where it was taken."""
	try:
		with Image.open(io.BytesIO(content), formats=(PICTURE_FORMATS[extension],)) as picture:
			if picture.width * picture.height > MAX_PIXELS:
				_refuse_kind(_("This picture is too large."))
			from PIL import ImageOps

			clean = ImageOps.exif_transpose(picture)
			clean = clean.convert("RGB" if PICTURE_FORMATS[extension] == "JPEG" else "RGBA")
			out = io.BytesIO()
			clean.save(out, format=PICTURE_FORMATS[extension])
			return out.getvalue()
	except frappe.ValidationError:
		raise
	except Exception:
		_refuse_kind(_("This picture cannot be read."))


def _office(content: bytes, extension: str) -> bytes:
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			names = archive.namelist()
			if sum(entry.file_size for entry in archive.infolist()) > 200 * 1024 * 1024:
				_refuse_kind(_("This file is too large."))
	except zipfile.BadZipFile:
		_refuse_kind(_("This file cannot be read."))
	if OFFICE_PARTS[extension] not in names or any("vbaProject" in name for name in names):
		_refuse_kind(_("This file is not a plain document without macros."))
	return content


def _text(content: bytes, extension: str) -> bytes:
	try:
		text = content.decode("utf-8-sig")
	except UnicodeDecodeError:
		text = content.decode("latin-1")
	if "\x00" in text:
		_refuse_kind(_("This is not a text file."))
	return content


def _pdf(content: bytes, extension: str) -> bytes:
	if any(word in content for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile")):
		_refuse_kind(_("This PDF holds a program or another file and is not accepted."))
	return content


def has_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	"""The framework's own rule; and what a data request gathered about a person is for who answers the request, not for everyone
	who sees that it is there."""
	# asked here, since the framework takes the first hook's answer for the last
	if not framework_permission(doc, ptype, user):
		return False
	if doc.attached_to_doctype != "Data Request" or not doc.attached_to_name:
		return True
	return bool(frappe.has_permission("Data Request", "write", doc.attached_to_name, user=user))


def serve_private(path: str):
	"""Answer a request for /private/files/…: decrypted, as a download, to who may read what it is attached to. Logged."""
	rows = frappe.get_all("File", filters={"file_url": path, "is_folder": 0}, pluck="name")
	docs = [doc for doc in (frappe.get_doc("File", name) for name in rows) if doc.has_permission("read")]
	if not docs:
		raise Forbidden if frappe.session.user != "Guest" or not rows else NotFound
	doc = docs[0]
	content = doc.get_content()
	for one in docs:  # equal files are kept once: it is about everybody to whose record it is attached
		read_log.record_file(one)
	raise HTTPException(response=download(doc.file_name, content))


def download(name: str, content: bytes | str) -> Response:
	"""A file as a download that a browser neither runs nor guesses about."""
	from lsm_crm.guard import headers

	content = content.encode() if isinstance(content, str) else content
	name = os.path.basename(name or "file").replace("\n", " ")
	extension = name.rsplit(".", 1)[-1].lower()
	shown = extension in SHOWN
	response = Response(
		content, mimetype=(mimetypes.guess_type(name)[0] if extension in KINDS else None) or "application/octet-stream"
	)
	response.headers["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
	response.headers["Content-Security-Policy"] = headers.FILE
	response.headers["Cache-Control"] = "private, no-store"
	for key, value in headers.COMMON.items():
		response.headers.setdefault(key, value)
	return response


def private_files() -> list[Path]:
	"""Every private file of the site that is kept on disk."""
	folder = Path(frappe.get_site_path("private", "files"))
	return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def replace(path: Path, content: bytes) -> None:
	"""Write a file whole or not at all."""
	temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}")
	with open(temporary, "wb") as file:
		file.write(content)
		file.flush()
		os.fsync(file.fileno())
	os.replace(temporary, path)
