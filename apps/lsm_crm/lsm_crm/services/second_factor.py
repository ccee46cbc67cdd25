"""The second factor: time-based codes (RFC 6238) of a phone app, enrolled on an own page without any mail.

The secret is kept encrypted, bound to the account. A code is accepted once. Ten recovery codes are kept as hashes.
"""

import base64
import hashlib
import hmac
import io
import secrets
import time

import frappe
import pyotp
from frappe import _
from frappe.utils import add_to_date, now_datetime

DOCTYPE = "Second Factor"
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
MAX_FAILURES = 5
LOCK_SECONDS = 600


class SecondFactorError(frappe.AuthenticationError):
	"""The code was wrong, used before, or asked for too often."""


def enrolled(user: str) -> bool:
	return bool(frappe.db.get_value(DOCTYPE, user, "confirmed"))


def begin(user: str) -> dict:
	"""A fresh secret to be shown once: {secret, uri, picture (SVG)}. It counts only after `confirm`."""
	if enrolled(user):
		frappe.throw(_("This account has its second factor already."), exc=SecondFactorError)
	secret = pyotp.random_base32()
	doc = frappe.get_doc(DOCTYPE, user) if frappe.db.exists(DOCTYPE, user) else frappe.new_doc(DOCTYPE)
	doc.update({"user": user, "secret": secret, "confirmed": 0, "last_step": 0})
	doc.save(ignore_permissions=True)
	return _shown(user, secret)


def pending(user: str) -> dict:
	"""What to show to somebody whose enrolment is not finished: the secret stays the same until it is confirmed."""
	if frappe.db.exists(DOCTYPE, user) and not enrolled(user):
		return _shown(user, frappe.get_doc(DOCTYPE, user).secret)
	return begin(user)


def _shown(user: str, secret: str) -> dict:
	issuer = frappe.get_system_settings("otp_issuer_name") or "LSM"
	uri = pyotp.TOTP(secret).provisioning_uri(name=user, issuer_name=issuer)
	return {"secret": secret, "uri": uri, "picture": picture(uri)}


def confirm(user: str, code: str) -> list[str]:
	"""Finish the enrolment with a first code. Gives the recovery codes, which are shown this once."""
	doc = _load(user)
	if doc.confirmed:
		frappe.throw(_("This account has its second factor already."), exc=SecondFactorError)
	_accept_step(doc, code)
	codes = [secrets.token_hex(RECOVERY_LENGTH // 2) for _number in range(RECOVERY_CODES)]
	doc.update({"confirmed": 1, "recovery": "\n".join(_hash(user, one) for one in codes)})
	doc.save(ignore_permissions=True)
	pass_session()
	return codes


def verify(user: str, code: str) -> None:
	"""Accept a code of the app or a recovery code for this session, or throw SecondFactorError."""
	doc = _load(user)
	if not doc.confirmed:
		frappe.throw(_("Set up the second factor first."), exc=SecondFactorError)
	code = "".join(str(code).split())
	if len(code) == RECOVERY_LENGTH and code.isascii():
		_accept_recovery(doc, code)
	else:
		_accept_step(doc, code)
	doc.failures = 0
	doc.save(ignore_permissions=True)
	pass_session()


def reset(user: str) -> None:
	"""Forget a lost second factor; the account enrols again at its next login."""
	if frappe.db.exists(DOCTYPE, user):
		frappe.delete_doc(DOCTYPE, user, ignore_permissions=True, force=True)


def pass_session() -> None:
	"""Mark this session as having given its second factor."""
	frappe.local.session_obj.data["data"]["lsm_second_factor"] = 1
	frappe.local.session_obj.update(force=True)


def picture(uri: str) -> str:
	"""The QR code as SVG text."""
	import pyqrcode

	out = io.BytesIO()
	pyqrcode.create(uri, error="M").svg(out, scale=5, xmldecl=False, svgns=True, quiet_zone=4, background="#ffffff")
	return out.getvalue().decode()


def _load(user: str):
	if not frappe.db.exists(DOCTYPE, user):
		frappe.throw(_("Set up the second factor first."), exc=SecondFactorError)
	doc = frappe.get_doc(DOCTYPE, user, for_update=True)
	if (
		doc.failures >= MAX_FAILURES
		and doc.failed_at
		and doc.failed_at > add_to_date(now_datetime(), seconds=-LOCK_SECONDS)
	):
		frappe.throw(_("Too many wrong codes. Try again in ten minutes."), exc=SecondFactorError)
	return doc


def _accept_step(doc, code: str) -> None:
	"""Accept the code of this half minute, or of the one before or after; each once."""
	totp = pyotp.TOTP(doc.secret)
	now = int(time.time())
	code = "".join(str(code).split())
	for step in range(now // 30 - 1, now // 30 + 2):
		# As bytes, since as text it takes no letter beyond ASCII.
		right = hmac.compare_digest(totp.generate_otp(step).encode(), code.encode(errors="replace"))
		if step > (doc.last_step or 0) and right:
			doc.last_step = step
			return
	_fail(doc)


def _accept_recovery(doc, code: str) -> None:
	hashed = _hash(doc.user, code)
	codes = (doc.recovery or "").split("\n")
	if not any(hmac.compare_digest(hashed, one) for one in codes):
		_fail(doc)
	doc.recovery = "\n".join(one for one in codes if one != hashed)


def _fail(doc) -> None:
	stored = frappe.get_doc(DOCTYPE, doc.name)
	recent = stored.failed_at and stored.failed_at > add_to_date(now_datetime(), seconds=-LOCK_SECONDS)
	stored.failures = (stored.failures if recent else 0) + 1
	stored.failed_at = now_datetime()
	stored.save(ignore_permissions=True)
	frappe.db.commit()  # the refusal below rolls back, and the count must stay
	frappe.throw(_("This code is not right."), exc=SecondFactorError)


def _hash(user: str, code: str) -> str:
	digest = hashlib.scrypt(code.encode(), salt=user.encode(), n=2**12, r=8, p=1, dklen=24)
	return base64.b64encode(digest).decode()
