"""One typed value: cleaned, checked by its kind, and turned into what the DocType stores."""

import re
import unicodedata
from datetime import date

import frappe
from frappe import _
from frappe.utils import validate_email_address

from lsm_crm.public_forms.definition import FormField

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
MAX_CHARACTERS = 20_000
PHONE = re.compile(r"^\+?[0-9][0-9 ()./-]{5,24}$")


def clean(text: str | None, keep_lines: bool = False) -> str:
	text = CONTROL.sub("", unicodedata.normalize("NFC", (text or "")[:MAX_CHARACTERS]))
	text = text.replace("\r\n", "\n").strip()
	return text if keep_lines else " ".join(text.split())


def value_error(item: FormField, value: str) -> str | None:
	if item.options and value not in {option.value for option in item.options}:
		return _("Choose an answer.")
	check = CHECKS.get(item.kind)
	return check(item, value) if check else None


def _email_error(item: FormField, value: str) -> str | None:
	if not validate_email_address(value) or " " in value or "," in value:
		return _("This is not a full e-mail address. An example: name@example.org")
	return None


def _phone_error(item: FormField, value: str) -> str | None:
	if not PHONE.match(latin_digits(value)):
		return _("This is not a telephone number. An example: 06 12345678")
	return None


def _date_error(item: FormField, value: str) -> str | None:
	parsed = parse_date(value)
	if not parsed:
		return _("Write the date as day-month-year. An example: 31-12-1990")
	if "birth" in item.name and not date(1900, 1, 1) <= parsed <= frappe.utils.getdate():
		return _("This date can not be right.")
	return None


def _time_error(item: FormField, value: str) -> str | None:
	if not re.match(r"^([01]?\d|2[0-3])[:.][0-5]\d(:[0-5]\d)?$", latin_digits(value)):
		return _("Write the time as hours:minutes. An example: 14:30")
	return None


def _number_error(item: FormField, value: str) -> str | None:
	pattern = r"^-?\d{1,9}$" if item.kind == "number" else r"^-?\d{1,9}([.,]\d{1,4})?$"
	if not re.match(pattern, latin_digits(value)):
		return _("Write a number.")
	if item.max_value and float(latin_digits(value).replace(",", ".")) > item.max_value:
		return _("At most {0}.").format(item.max_value)
	return None


def _url_error(item: FormField, value: str) -> str | None:
	if not re.match(r"^https?://[^\s/]+\.[^\s]+$", value):
		return _("Write the whole web address. An example: https://example.org")
	return None


CHECKS = {
	"email": _email_error,
	"tel": _phone_error,
	"date": _date_error,
	"time": _time_error,
	"number": _number_error,
	"decimal": _number_error,
	"url": _url_error,
}


def latin_digits(text: str) -> str:
	"""Arabic, Persian and other digits as 0 to 9, since people type those of their own keyboard."""
	return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def parse_date(text: str) -> date | None:
	text = latin_digits(text).strip()
	match = re.match(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$", text)
	parts = match.groups() if match else None
	if not parts:
		match = re.match(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$", text)
		parts = match.groups()[::-1] if match else None
	try:
		return date(*(int(part) for part in parts)) if parts else None
	except ValueError:
		return None


def stored(item: FormField, value: str):
	if item.kind == "check":
		return 1 if value == "1" else 0
	if item.kind == "date":
		return str(parse_date(value))
	if item.kind == "number":
		return int(latin_digits(value))
	if item.kind == "decimal":
		return float(latin_digits(value).replace(",", "."))
	if item.kind == "time":
		return latin_digits(value).replace(".", ":")
	if item.kind == "tel":
		return latin_digits(value)
	return value
