"""Phone numbers and addresses as people type them, brought into one form."""

import re

import frappe
import phonenumbers
from frappe import _

REGION = "NL"
_POSTCODE = re.compile(r"^([1-9]\d{3})\s*([A-Za-z]{2})$")
# Letter pairs that PostNL never gives out.
_NO_LETTERS = {"SA", "SD", "SS"}


def normal_phone(text: str | None, label: str) -> str | None:
	"""The number in international form such as +31 6 12345678; a number that cannot exist is refused by name of the field."""
	if not text or not text.strip():
		return None
	try:
		number = phonenumbers.parse(text.strip(), REGION)
	except phonenumbers.NumberParseException:
		number = None
	if number is None or not phonenumbers.is_possible_number(number):
		frappe.throw(
			_("{0}: “{1}” is no phone number. Type it like 06 12345678, or with + and the country's code.").format(
				_(label), text
			),
			title=_("Phone number"),
		)
		raise AssertionError("frappe.throw always raises")
	return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_digits(text: str | None) -> str | None:
	"""The digits of a number in international form, for finding it again; None when it is none."""
	try:
		number = phonenumbers.parse((text or "").strip(), REGION)
	except phonenumbers.NumberParseException:
		return None
	return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def normal_postcode(text: str | None, label: str) -> str | None:
	"""A Dutch postcode as 2312 AB; anything else is refused."""
	if not text or not text.strip():
		return None
	match = _POSTCODE.match(text.strip())
	if not match or match.group(2).upper() in _NO_LETTERS:
		frappe.throw(
			_("{0}: “{1}” is no postcode. It has four digits and two letters, like 2312 AB.").format(_(label), text),
			title=_("Postcode"),
		)
		raise AssertionError("frappe.throw always raises")
	return f"{match.group(1)} {match.group(2).upper()}"


def area_of_postcode(postcode: str | None) -> str | None:
	"""The smallest area that lists the postcode's four digits."""
	if not postcode:
		return None
	area = frappe.qb.DocType("Area")
	rows = (
		frappe.qb.from_(area)
		.select(area.name)
		.where(area.postcodes.like(f"%{postcode[:4]}%"))
		.orderby(area.rgt - area.lft)
		.limit(1)
		.run()
	)
	return rows[0][0] if rows else None
