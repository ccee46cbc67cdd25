"""The framework's program with protections taken away, for tests that must see the difference.

It stands in the tests: the app itself knows no switch that would turn its protections off.

- `tests.weakened:open_application()` has no guard, no row rules and none of the app's changes to the framework.
- `tests.weakened:mutant_application()` lacks one rule in each request, as the header `X-Without` names it.
- `tests.weakened:unlogged_application()` writes no access log of a request whose header `X-Without` says so.
"""

from __future__ import annotations

import frappe

HEADER = "X-Without"
READ_LOG = "read log"
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
		if hook is None:  # the framework's login asks for all of them at once
			return frappe._dict(
				{name: without_app(rest) if name in PROTECTING else rest for name, rest in value.items()}
			)
		return without_app(value) if hook in PROTECTING else value

	frappe.get_hooks = get_hooks
	permissions.row_condition = lambda *arguments, **more: None


def open_application():
	take_protections_away()
	from frappe.app import application

	return application


def mutant_application():
	"""Rules are named `row|DocType|Role`, `rule|name` and `guard|check`."""
	from lsm_crm import permission_table, permissions
	from lsm_crm.guard import checks, pages

	rows_for, get_rule = permission_table.rows_for, permissions.get_rule

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

	def mutant(name: str, check):
		"""The check, which lets everything through where a request lacks it."""

		def checked(*arguments):
			if removed() != ["guard", name]:
				check(*arguments)

		return checked

	permission_table.rows_for = mutant_rows_for
	permissions.get_rule = mutant_get_rule
	for name in guard_checks():
		setattr(checks, name, mutant(name, getattr(checks, name)))
	pages.allow = mutant("pages", pages.allow)
	from frappe.app import application

	return application


def unlogged_application():
	from lsm_crm.services import read_log

	record = read_log.record

	def recorded(*arguments):
		if frappe.local.request.headers.get(HEADER) != READ_LOG:
			record(*arguments)

	read_log.record = recorded
	from frappe.app import application

	return application


# checks that stand in no list: what documents over REST and pages go through
UNLISTED = ("rest_list", "rest_document", "allow_doc_method")


def guard_checks() -> dict[str, set[str]]:
	"""{check: functions whose entry in the guard's lists names it}."""
	from importlib import import_module

	from lsm_crm.guard.lists import GROUPS

	found: dict[str, set[str]] = {name: set() for name in UNLISTED}
	for group in GROUPS:
		functions = getattr(import_module(f"lsm_crm.guard.lists.{group}"), "FUNCTIONS", {})
		for function, rule in functions.items():
			for name in rule.split()[1:]:
				found.setdefault(name, set()).add(function)
	return found
