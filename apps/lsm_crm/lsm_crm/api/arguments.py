"""Arguments that programs and the desk's scripts send as JSON text: what they must be, or a refusal instead of an error."""

import json
from datetime import datetime
from typing import Any, NoReturn

import frappe
from frappe import _

FIRST_YEAR, LAST_YEAR = 1900, 2200  # days before and after them can be counted


def as_list(value: list | str) -> list:
	return _read(value, list)


def as_dict(value: dict | str) -> dict:
	return _read(value, dict)


def as_moment(value: str) -> datetime:
	try:
		moment = frappe.utils.get_datetime(value)
	except (ValueError, OverflowError):
		moment = None
	return moment if moment and FIRST_YEAR <= moment.year <= LAST_YEAR else _refuse()


def _read(value, kind: type) -> Any:
	try:
		read = json.loads(value) if isinstance(value, str) else value
	except ValueError:
		read = None
	if not isinstance(read, kind):
		_refuse()
	return frappe._dict(read) if kind is dict else read


def _refuse() -> NoReturn:
	frappe.throw(_("What was sent can not be read. Reload the page and try again."))
	raise AssertionError("frappe.throw always raises")
