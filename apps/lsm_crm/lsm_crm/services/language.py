"""Speaking to someone in their language, whoever is logged in."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from babel import Locale
from frappe import _

from lsm_crm.constants import LANGUAGES, RIGHT_TO_LEFT


@contextmanager
def in_language(code: str | None) -> Iterator[str]:
	"""Translate to this language inside the block; an unknown one gives Dutch, the foundation's own."""
	before = frappe.local.lang
	frappe.local.lang = code if code in LANGUAGES else LANGUAGES[0]
	try:
		yield frappe.local.lang
	finally:
		frappe.local.lang = before


def direction(code: str) -> str:
	"""The direction in which the language is written, as HTML wants it."""
	return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def left_to_right(text: str | None) -> str:
	"""A phone number, address or number of a record for a text that may run from right to left: isolated, in one piece.

	Without it the groups of a phone number change places in Arabic and Persian.
	"""
	return f"\u2066{text.replace(' ', chr(0xA0))}\u2069" if text else ""


def language_name(code: str) -> str:
	"""A language in the reader's own words: the framework's list has each in its own script."""
	return (Locale.parse(frappe.local.lang or "nl", sep="-").languages.get(code) or code).capitalize()


def called(doctype: str, name: str | None) -> str:
	"""A master record as the reader calls it: staff write the Dutch name beside the English one."""
	dutch = frappe.get_cached_value(doctype, name, "dutch_name") if name else None
	return (dutch if frappe.local.lang == "nl" else None) or _(name or "")
