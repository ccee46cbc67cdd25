"""What was typed so far, sealed into the page itself.

Nothing that a visitor has not sent is stored by the program: the answers of earlier steps travel in a hidden
field, encrypted with a key derived from the site's own. So the back button, two open tabs, a restarted server
and a second web node all just work, and the page's source shows nobody else's eyes anything.
"""

import base64
import json
import secrets
import time
import zlib
from dataclasses import dataclass, field

import frappe
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from frappe.utils.password import get_encryption_key

LIFETIME_SECONDS = 3 * 24 * 3600
MAX_SEALED_CHARACTERS = 400_000


@dataclass
class Draft:
	"""`token` names this one sending of the form: what is sent twice with one token is stored once."""

	form: str
	token: str = field(default_factory=lambda: secrets.token_hex(16))
	started: float = field(default_factory=time.time)
	values: dict = field(default_factory=dict)
	source: str = ""

	def seal(self) -> str:
		content = json.dumps([self.form, self.token, int(self.started), self.values, self.source])
		return _cipher().encrypt(zlib.compress(content.encode())).decode()

	@property
	def age_seconds(self) -> float:
		return time.time() - self.started


def unseal(sealed: str, form: str) -> Draft | None:
	"""The draft, or None when it was not sealed here, is for another form or is too old."""
	if not sealed or len(sealed) > MAX_SEALED_CHARACTERS:
		return None
	try:
		content = _cipher().decrypt(sealed.encode(), ttl=LIFETIME_SECONDS)
		name, token, started, values, source = json.loads(zlib.decompress(content))
	except (InvalidToken, ValueError, zlib.error):
		return None
	return Draft(name, token, started, values, source) if name == form else None


def _cipher() -> Fernet:
	key = getattr(frappe.local, "lsm_draft_key", None)
	if not key:
		# A key of its own, so that what is sealed here can never be read as one of the framework's passwords.
		derive = HKDF(SHA256(), 32, salt=None, info=b"lsm_crm public form draft")
		key = base64.urlsafe_b64encode(derive.derive(get_encryption_key().encode()))
		frappe.local.lsm_draft_key = key
	return Fernet(key)
