"""Encryption of fields and files that hold special categories of personal data (GDPR article 9).

A DocType's controller inherits `EncryptedDocument` and names its fields:

	class ClientConfidential(EncryptedDocument):
		ENCRYPTED_FIELDS = ("residence_status", "health")

In memory and on screen the fields hold plain text; in the database, its dumps and the cache they hold cipher text that is
bound to DocType, document and field, so that it cannot be moved to another record. A child table's class does the same and its
parent must inherit too (with an empty tuple if it has no such field itself). Encrypted fields must be of a text type
(Small Text, Long Text, Text, or Data and Select up to 60 characters); they cannot be searched, sorted or shown in lists.
"""

import base64
import hashlib
import hmac
import os
from contextlib import contextmanager

import frappe
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from frappe import _
from frappe.model.base_document import get_controller
from frappe.model.document import Document

from lsm_crm.services import keys

PREFIX = "lsm1:"
FILE_MAGIC = b"LSMFILE1"
NONCE_BYTES = 12


class DecryptionError(frappe.ValidationError):
	"""A protected value was changed, moved or encrypted with a key that this site does not have."""


class EncryptedDocument(Document):
	"""A document whose `ENCRYPTED_FIELDS` are cipher text wherever they are stored."""

	ENCRYPTED_FIELDS: tuple[str, ...] = ()

	def load_from_db(self):
		loaded = super().load_from_db()
		decrypt_document(self)
		return loaded

	def db_insert(self, *args, **kwargs):
		with _cipher_in_place(self):
			return super().db_insert(*args, **kwargs)

	def db_update(self):
		if self.get("__islocal") or not self.name:
			return self.db_insert()
		with _cipher_in_place(self):
			return super().db_update()

	def db_set(self, fieldname, value=None, *args, **kwargs):
		values = fieldname if isinstance(fieldname, dict) else {fieldname: value}
		protected = [name for name in values if name in self.ENCRYPTED_FIELDS]
		if not protected:
			return super().db_set(fieldname, value, *args, **kwargs)
		cipher = {
			name: encrypt(text, self.doctype, self.name, name) if name in protected else text
			for name, text in values.items()
		}
		result = super().db_set(cipher, None, *args, **kwargs)
		for name in protected:
			self.set(name, values[name])
		return result

	def __getstate__(self):
		# what is pickled goes to Redis
		state = super().__getstate__()
		for name in self.ENCRYPTED_FIELDS:
			state[name] = encrypt(state.get(name), self.doctype, self.name, name)
		return state

	def __setstate__(self, state):
		self.__dict__.update(state)
		for name in self.ENCRYPTED_FIELDS:
			self.__dict__[name] = decrypt(state.get(name), state["doctype"], state["name"], name)


def encrypt(text: str | None, doctype: str, name: str, field: str) -> str | None:
	"""Cipher text of a field's value; empty stays empty, so that lists can tell that nothing was filled in."""
	if text is None or text == "":
		return text
	key_id, key = keys.current()
	nonce = os.urandom(NONCE_BYTES)
	sealed = AESGCM(key).encrypt(nonce, str(text).encode(), _place(doctype, name, field))
	return f"{PREFIX}{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(text: str | None, doctype: str, name: str, field: str) -> str | None:
	"""The plain value. A value without the prefix was stored before the field was protected and is given as it is."""
	if text is None or not is_encrypted(text):
		return text
	try:
		key_id, sealed = text[len(PREFIX) :].split(":", 1)
		raw = base64.b64decode(sealed, validate=True)
		place = _place(doctype, name, field)
		return AESGCM(keys.get(key_id)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place).decode()
	except (InvalidTag, ValueError):
		frappe.throw(
			_("The protected field {0} of {1} cannot be read: wrong key, or the value was changed.").format(
				field, name
			),
			title=_("Protected value"),
			exc=DecryptionError,
		)
		raise


def is_encrypted(text) -> bool:
	return isinstance(text, str) and text.startswith(PREFIX)


def fingerprint(value: str) -> str:
	"""A keyed hash by which equal values can be found without storing them; 32 hex digits."""
	return hmac.new(keys.purpose("fingerprint"), value.encode(), hashlib.sha256).hexdigest()[:32]


def encrypt_file(content: bytes) -> bytes:
	"""Content of a private file as it is stored on disk."""
	key_id, key = keys.current()
	nonce = os.urandom(NONCE_BYTES)
	head = FILE_MAGIC + key_id.encode().ljust(8, b" ")
	return head + nonce + AESGCM(key).encrypt(nonce, content, head)


def decrypt_file(stored: bytes) -> bytes:
	"""Content of a stored private file; one that was stored in the clear is given as it is."""
	if not stored.startswith(FILE_MAGIC):
		return stored
	start = len(FILE_MAGIC) + 8
	head, nonce = stored[:start], stored[start : start + NONCE_BYTES]
	try:
		key = keys.get(head[len(FILE_MAGIC) :].decode().strip())
		return AESGCM(key).decrypt(nonce, stored[start + NONCE_BYTES :], head)
	except InvalidTag:
		frappe.throw(
			_("A protected file cannot be read: wrong key, or the file was changed."),
			title=_("Protected file"),
			exc=DecryptionError,
		)
		raise


def decrypt_document(doc: Document) -> None:
	"""Put plain text into the fields of a loaded document and of its rows."""
	for row in (doc, *doc.get_all_children()):
		for field in encrypted_fields(row.doctype):
			row.set(field, decrypt(row.get(field), row.doctype, row.name, field))


def encrypted_fields(doctype: str) -> tuple[str, ...]:
	"""Names of the encrypted fields of a DocType; empty for one that has none."""
	return getattr(get_controller(doctype), "ENCRYPTED_FIELDS", ())


def encrypted_doctypes() -> list[str]:
	"""Every DocType of this app with an encrypted field."""
	modules = frappe.get_all("Module Def", filters={"app_name": "lsm_crm"}, pluck="name")
	doctypes = frappe.get_all("DocType", filters={"module": ("in", modules), "is_virtual": 0}, pluck="name")
	return [doctype for doctype in doctypes if encrypted_fields(doctype)]


def _place(doctype: str, name: str, field: str) -> bytes:
	return "\x1f".join((doctype, str(name), field)).encode()


@contextmanager
def _cipher_in_place(doc: Document):
	"""For the time of one write the fields hold cipher text. The framework may call an insert again under a new name, so
	the plain values are kept apart and a nested call starts from them."""
	nested = doc.flags.plain_values is not None
	plain = doc.flags.plain_values if nested else {name: doc.get(name) for name in doc.ENCRYPTED_FIELDS}
	doc.flags.plain_values = plain
	for name, text in plain.items():
		if is_encrypted(text):
			_refuse_prefix(name)
		doc.__dict__[name] = encrypt(text, doc.doctype, doc.name, name)
	try:
		yield
	finally:
		doc.__dict__.update(plain)
		if not nested:
			doc.flags.plain_values = None


def _refuse_prefix(field: str) -> None:
	frappe.throw(_("The text in {0} looks like a protected value and cannot be saved.").format(field))
