"""Links that are sent by mail: they name one document and one purpose, end on a day, and cannot be guessed or changed.

Nothing is stored: the link carries its own keyed seal. Opening it shows a page; only a POST from that page acts, since
mail scanners open links.
"""

import hmac
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_url, getdate

from lsm_crm.exceptions import LinkExpiredError
from lsm_crm.services.encryption import fingerprint

EPOCH = date(2020, 1, 1)


def token(purpose: str, name: str, last_day) -> str:
	"""The text after the address: document, last day and seal."""
	day = (getdate(last_day) - EPOCH).days
	return f"{name}.{day}.{_seal(purpose, name, day)}"


def address(purpose: str, name: str, days: int | None = None, last_day=None) -> str:
	"""The whole address of the page that acts on the document."""
	last = last_day or add_days(getdate(), days or 30)
	return get_url(f"/link/{purpose}/{token(purpose, name, last)}")


def open_token(purpose: str, text: str) -> str:
	"""Return the document's name; throw LinkExpiredError for a link that is wrong, changed or too old."""
	name, _dot, rest = (text or "").partition(".")
	day, _dot, seal = rest.partition(".")
	genuine = day.isdigit() and hmac.compare_digest(seal.encode(), _seal(purpose, name, cint(day)).encode())
	if not genuine or add_days(EPOCH, cint(day)) < getdate():
		frappe.throw(
			_("This link is no longer valid. Call us or write to us, and we send a new one."),
			title=_("Link no longer valid"),
			exc=LinkExpiredError,
		)
	return name


def _seal(purpose: str, name: str, day: int) -> str:
	return fingerprint(f"link|{purpose}|{name}|{day}")
