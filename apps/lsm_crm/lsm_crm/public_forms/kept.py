"""Forms that a process keeps, so that a visitor's step does not read hundreds of choices anew.

All processes share a version in Redis. It is dropped once a change is committed of anything that a form is made from; a form made
for an older version is made anew. Forms that offer dated things (events to come) are never kept.
"""

import secrets
from collections.abc import Callable
from typing import Any

import frappe

from lsm_crm.public_forms import links

VERSION = "lsm_forms_version"
LONGEST_SECONDS = 300  # for what was changed behind the framework's back
MADE_FROM = frozenset(("Web Form", "DocType", "Custom Field", "Property Setter", "Language", *links.PUBLIC_MASTERS))
_forms: dict[tuple[str, str], tuple[str, Any]] = {}


def get(route: str, make: Callable[[], Any]) -> Any:
	"""The form at this route, from this process or made now."""
	version = frappe.cache.get_value(VERSION, expires=True)
	if not version:
		version = secrets.token_hex(8)
		frappe.cache.set_value(VERSION, version, expires_in_sec=LONGEST_SECONDS)
	place = (frappe.local.site, route)
	known = _forms.get(place)
	if known and known[0] == version:
		return known[1]
	form = make()
	if not _offers_dated_things(form):
		_forms[place] = (version, form)
	return form


def _offers_dated_things(form) -> bool:
	meta = frappe.get_meta(form.doctype)
	return any(field.options in links.PUBLIC_DATED for field in meta.get_link_fields())


def forget(doc=None, method: str | None = None) -> None:
	"""After a change: all processes make their forms anew, once what was changed can be read."""
	if doc is None or doc.doctype in MADE_FROM:
		frappe.db.after_commit.add(lambda: frappe.cache.delete_value(VERSION))
