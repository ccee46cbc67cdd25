"""The role table: which role may do what on which DocType, and on which rows.

One file per module holds a plain dict `TABLE`:

    TABLE = {"Case": {"LSM Case Worker": {"actions": "read write create", "rows": "own_cases"}}}

`actions` are the framework's permission types; `rows` names a row rule of `lsm_crm.row_rules`, or is "all".
The permission rows in the DocTypes' JSON are written from this table by `bench lsm-write-permissions`.
This package imports nothing of the framework, so that hooks and tests can read it without a site.
"""

from functools import cache
from importlib import import_module

PARTS = ("casework", "volunteers", "activities", "catering", "insight", "privacy", "settings")

ACTIONS = (
	"select",
	"read",
	"write",
	"create",
	"delete",
	"print",
	"email",
	"report",
	"import",
	"export",
)


class TableError(ValueError):
	"""The role table itself is wrong."""


@cache
def load() -> dict[str, dict[str, dict]]:
	"""Return {doctype: {role: {"actions": frozenset, "rows": str}}} of the whole app."""
	table: dict[str, dict[str, dict]] = {}
	for part in PARTS:
		for doctype, roles in import_module(f"{__name__}.{part}").TABLE.items():
			if doctype in table:
				raise TableError(f"{doctype} stands twice in the role table")
			table[doctype] = {role: _entry(doctype, role, value) for role, value in roles.items()}
	return table


def _entry(doctype: str, role: str, value: dict) -> dict:
	actions = frozenset(value["actions"].split())
	if unknown := actions.difference(ACTIONS):
		raise TableError(f"{doctype}, {role}: no such action: {', '.join(sorted(unknown))}")
	return {"actions": actions, "rows": value.get("rows", "all")}


def row_ruled_doctypes() -> list[str]:
	"""DocTypes of which at least one role sees only some rows."""
	return sorted(
		doctype for doctype, roles in load().items() if any(entry["rows"] != "all" for entry in roles.values())
	)


def rows_for(doctype: str, roles: set[str], action: str = "read") -> set[str]:
	"""Names of the row rules under which someone with these roles may do this to the DocType."""
	return {
		entry["rows"] for role, entry in load().get(doctype, {}).items() if role in roles and action in entry["actions"]
	}
