"""Row rules: which rows of a DocType somebody may see, each as one condition for the database.

A rule is a function `rule(table, user) -> Criterion` registered by name:

    @row_rule("own_cases")
    def own_cases(table, user):
        return (table.worker == user) | (table.deputy == user)

`lsm_crm.permissions` uses the same condition for lists and for a single document. One file per module, named in PARTS.
"""

from collections.abc import Callable
from importlib import import_module

from pypika.queries import Table
from pypika.terms import Criterion

Rule = Callable[[Table, str], Criterion]

PARTS = ("common", "casework", "volunteers", "activities", "catering", "insight", "privacy", "settings")

_rules: dict[str, Rule] = {}
_loaded = False


def row_rule(name: str) -> Callable[[Rule], Rule]:
	"""Register the decorated function as the row rule of that name."""

	def register(function: Rule) -> Rule:
		if name in _rules and _rules[name].__module__ != function.__module__:
			raise ValueError(f"Row rule {name} is defined twice")
		_rules[name] = function
		return function

	return register


def get_rule(name: str) -> Rule:
	"""Return the rule of that name; an unknown name is an error, never an open door."""
	global _loaded
	if not _loaded:
		for part in PARTS:
			import_module(f"{__name__}.{part}")
		_loaded = True
	return _rules[name]
