"""What an allowed function needs to be called at all: named to the caller where it is missing, instead of an error of the program."""

import inspect
import json
from functools import cache

import frappe

from lsm_crm.guard.errors import refuse

GIVEN = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def as_text(call, form: dict) -> None:
	"""What comes nested in a JSON body becomes the text that a form would send, which is what the framework's functions read. As it
	is, a name could be a filter on anything."""
	if not call.name.startswith("frappe."):
		return
	for key, value in form.items():
		if isinstance(value, (dict, list)):
			form[key] = json.dumps(value)


def require(call, form: dict) -> None:
	"""Refuse a call without an argument that has no default, and say which."""
	if "." not in call.name:
		return
	try:
		needed = _needed(_overridden(frappe.local.site, call.name))
	except (AttributeError, ImportError):
		refuse(call, "the framework here has no such function")
	if missing := [name for name in needed if name not in form]:
		raise frappe.MandatoryError(", ".join(missing))


@cache
def _overridden(_site: str, name: str) -> str:
	return (frappe.get_hooks("override_whitelisted_methods", {}).get(name) or [name])[0]


@cache
def _needed(name: str) -> tuple[str, ...]:
	parameters = inspect.signature(_innermost(frappe.get_attr(name))).parameters.values()
	return tuple(p.name for p in parameters if p.default is p.empty and p.kind in GIVEN)


def _innermost(function):
	"""The function inside its decorators, also those of the framework that do not say what they wrap."""
	while True:
		free = getattr(getattr(function, "__code__", None), "co_freevars", ())
		if hasattr(function, "__wrapped__"):
			function = function.__wrapped__
		elif "fn" in free:
			function = function.__closure__[free.index("fn")].cell_contents
		else:
			return function
