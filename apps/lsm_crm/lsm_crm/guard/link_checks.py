"""Checks on link fields: their search, titles, and whether what they point at exists."""

import frappe

from lsm_crm.guard import doctypes, queries, rights
from lsm_crm.guard.errors import note, refuse


def link_search(call, form, groups) -> None:
	"""A link field's search: only queries in the lists, never without the user's own rights."""
	doctypes.allow(call, form.get("doctype"), "search", groups)
	if form.get("query"):
		rights.allowed_query(call, form["query"], groups)
	form.pop("ignore_user_permissions", None)
	link_query(call, form, groups)


def link_query(call, form, groups) -> None:
	queries.check_counts(call, form, (*queries.COUNTS, "page_len"))
	if form.get("searchfield"):
		queries.check_name(call, form["searchfield"], "search field")
	name = form.get("doctype")
	if not name:
		return
	doctypes.allow(call, name, "search", groups)
	tables = queries.tables(call, name)
	if form.get("query"):
		_check_query_filters(call, form.get("filters"))
	else:
		queries.check_filters(tables, form.get("filters"))
	if form.get("filter_fields"):
		fields = queries.parsed(call, form["filter_fields"])
		if not isinstance(fields, list):
			refuse(call, "filter fields are not a list")
		for field in fields:
			queries.check_name(call, field, "filter field")


def _check_query_filters(call, filters) -> None:
	"""Filters of a query of our own may name anything; keys and values must be plain."""
	filters = queries.parsed(call, filters) if filters else {}
	if not isinstance(filters, (dict, list)):
		refuse(call, "filters are neither names nor a list")
	entries = filters.items() if isinstance(filters, dict) else enumerate(filters)
	for key, _value in entries:
		if isinstance(key, str):
			queries.check_name(call, key, "filter")


def link_title(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "search", groups)
	rights.document_right(call, form["doctype"], form.get("docname"))


def link(call, form, groups) -> None:
	"""Whether a linked document exists, and values of it that are fetched into a form."""
	doctypes.allow(call, form.get("doctype"), "search", groups)
	_check_linked(call, form, form.get("fields"))


def link_and_fetch(call, form, groups) -> None:
	"""The same in one call on newer releases, which may name a query too."""
	if form.get("query"):
		rights.allowed_query(call, form["query"], groups)
		_check_query_filters(call, form.get("filters"))
	form.pop("ignore_user_permissions", None)
	doctypes.allow(call, form.get("doctype"), "search", groups)
	_check_linked(call, form, form.get("fields_to_fetch"))


def _check_linked(call, form, fields) -> None:
	"""Of a record that the caller may not see the answer is that there is none: anything else would tell that it exists. A filter
	that the desk kept from before the caller lost sight of it is emptied by that, too."""
	name, asked = form["doctype"], form.get("docname")
	if doctypes.is_own(name) and asked and (stored := frappe.db.get_value(name, asked)):
		right = "read" if frappe.has_permission(name, "read") else "select"
		if not frappe.has_permission(name, right, stored):
			note(call, f"a {name} out of sight, answered as none")
			form["docname"] = frappe.generate_hash()
	if fields:
		queries.check_fields(queries.tables(call, name), queries.parsed(call, fields))
