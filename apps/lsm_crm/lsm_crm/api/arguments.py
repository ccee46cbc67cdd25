"""Arguments that programs and the desk's scripts send as JSON text: what they must be, or a refusal instead of an error."""

import json
from typing import Any

import frappe
from frappe import _


def as_list(value: list | str) -> list:
	return _read(value, list)


def as_dict(value: dict | str) -> dict:
	return _read(value, dict)


def _read(value, kind: type) -> Any:
	try:
		read = json.loads(value) if isinstance(value, str) else value
	except ValueError:
		read = None
	if not isinstance(read, kind):
		frappe.throw(_("What was sent can not be read. Reload the page and try again."))
	return frappe._dict(read) if kind is dict else read
