"""The framework's program with protections taken away, for tests that must see the difference.

It stands in the tests: the app itself knows no switch that would turn its protections off.

- `tests.weakened:open_application()` has no guard, no row rules and none of the app's changes to the framework.
- `tests.weakened:mutant_application()` lacks one rule in each request, as the header `X-Without` names it.
"""

from __future__ import annotations

import frappe

HEADER = "X-Without"
# the hooks by which the app protects itself
PROTECTING = frozenset(
	(
		"after_request",
		"auth_hooks",
		"before_request",
		"doc_events",
		"has_permission",
		"on_login",
		"on_session_creation",
		"override_doctype_class",
		"override_whitelisted_methods",
		"permission_query_conditions",
	)
)


def without_app(value):
	"""The hook's value with everything of this app taken out of it."""
	if isinstance(value, dict):
		return {key: rest for key, entry in value.items() if (rest := without_app(entry))}
	if isinstance(value, (list, tuple)):
		return [entry for entry in value if not (isinstance(entry, str) and entry.startswith("lsm_crm."))]
	return value


def take_protections_away() -> None:
	"""From now on this process is the framework with the app's DocTypes and pages, and nothing that protects them."""
	from lsm_crm import permissions

	whole = frappe.get_hooks

	def get_hooks(hook=None, default="_KEEP_DEFAULT_LIST", app_name=None):
		value = whole(hook, default, app_name)
		return without_app(value) if hook in PROTECTING else value

	frappe.get_hooks = get_hooks
	permissions.row_condition = lambda *arguments, **more: None


def open_application():
	take_protections_away()
	from frappe.app import application

	return application


def mutant_application():
	"""Rules are named `row|DocType|Role`, `rule|name`, `check|function|check` and `list|function`."""
	from lsm_crm import permission_table, permissions
	from lsm_crm.guard import checks, decide

	rows_for, get_rule, merged = permission_table.rows_for, permissions.get_rule, decide.merged

	def removed() -> list[str]:
		request = getattr(frappe.local, "request", None)
		return request.headers.get(HEADER, "").split("|") if request else [""]

	def mutant_rows_for(doctype, roles, action="read"):
		kind, *what = removed()
		mine = kind == "row" and what[0] == doctype and what[1] in roles
		if mine and action in permission_table.load()[doctype][what[1]]["actions"]:
			return {"all"}
		return rows_for(doctype, roles, action)

	def mutant_get_rule(name):
		if removed() == ["rule", name]:
			return lambda table, user: table.name.isnotnull()
		return get_rule(name)

	def mutant_merged(kind, groups):
		entries = merged(kind, groups)
		which, *what = removed()
		if kind == "FUNCTIONS" and which == "check" and what[0] in entries:
			words = [word for word in entries[what[0]].split() if word != what[1]]
			return {**entries, what[0]: " ".join(words)}
		if kind == "FUNCTIONS" and which == "list":
			return {**entries, what[0]: "GET|POST"}
		return entries

	permission_table.rows_for = mutant_rows_for
	permissions.get_rule = mutant_get_rule
	decide.merged = checks.merged = mutant_merged
	from frappe.app import application

	return application
