"""Who may call what, one file per role group. Each file may hold:

FUNCTIONS    {function: "METHODS check check …"}: HTTP methods joined by |, then names of checks in `guard.checks`
             or `guard.rewrites`, which look at the arguments and refuse or replace them
DOC_METHODS  {"DocType.method": "METHODS"}: controller methods
QUERIES      {function}: functions a link search, a tree or a link field may name
DOCTYPES     {DocType: actions}: DocTypes of the framework (those of this app are in the permission table)
PAGES        {path or prefix ending in /}: web pages
REPORTS      not listed: a report's roles are in the report and checked by the framework

`never.py` holds what nobody may call over HTTP, so that a function in no list is noticed.
"""

from functools import cache
from importlib import import_module

GROUPS = ("guest", "integration", "portal", "staff", "privacy", "manager", "administrator")
KINDS = ("FUNCTIONS", "DOC_METHODS", "QUERIES", "DOCTYPES", "PAGES")


@cache
def merged(kind: str, groups: frozenset) -> dict:
	"""Everything of one kind that these groups may reach; a later group's entry adds to an earlier one's."""
	result: dict[str, str] = {}
	for group in GROUPS:
		if group not in groups:
			continue
		entries = getattr(import_module(f"{__name__}.{group}"), kind, {})
		for name, value in dict.fromkeys(entries, "").items() if isinstance(entries, set) else entries.items():
			result[name] = f"{result[name]} {value}" if kind == "DOCTYPES" and name in result else value
	return result


def all_names() -> dict[str, set[str]]:
	"""{function or controller method: groups}; `never` is a group here. For the test that every function is sorted."""
	names: dict[str, set[str]] = {}
	for group in (*GROUPS, "never", "newer"):
		module = import_module(f"{__name__}.{group}")
		for kind in ("FUNCTIONS", "DOC_METHODS", "QUERIES"):
			for name in getattr(module, kind, ()):
				names.setdefault(name, set()).add(group)
	return names
