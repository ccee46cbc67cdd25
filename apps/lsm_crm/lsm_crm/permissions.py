"""Row level permission: list side and document side of every DocType in the role table, from one condition.

The framework asks two questions. For lists it wants SQL (`permission_query_conditions`), for one document a yes or
no (`has_permission`). Both are answered here from the row rules that the role table names, so they cannot differ:
the document side asks the database whether the stored row fulfils the very condition the list would use.
"""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from pypika.terms import Criterion, LiteralValue, Term

from lsm_crm import permission_table
from lsm_crm.row_rules import get_rule

NOTHING = LiteralValue("1 = 0")
_LIST_PREFIX = "rows_of_"

# What opens a row beyond the role table (emergency access, open data requests): functions
# (doctype, table, user, action) -> Criterion | None, named in the hook `lsm_extra_rows`.
EXTRA_ROWS_HOOK = "lsm_extra_rows"


def list_hooks() -> dict[str, str]:
	"""The hook `permission_query_conditions` for all DocTypes with row rules."""
	return {dt: f"{__name__}.{_LIST_PREFIX}{dt.lower().replace(' ', '_')}" for dt in _ruled()}


def document_hooks() -> dict[str, str]:
	"""The hook `has_permission` for all DocTypes with row rules."""
	return {dt: f"{__name__}.has_permission" for dt in _ruled()}


def __getattr__(name: str) -> Callable[..., str]:
	# The framework of 2023 does not say for which DocType it wants the condition: so each has a function of its own.
	if name.startswith(_LIST_PREFIX):
		for doctype in _ruled():
			if name == _LIST_PREFIX + doctype.lower().replace(" ", "_"):
				return lambda user=None: query_conditions(doctype, user)
	raise AttributeError(name)


def _ruled() -> list[str]:
	return permission_table.row_ruled_doctypes()


def query_conditions(doctype: str, user: str | None = None) -> str:
	"""Return the WHERE part for lists of the DocType, in brackets; empty when the user sees all rows."""
	condition = row_condition(doctype, user or frappe.session.user, "read")
	if condition is None:
		return ""
	return f"({condition.get_sql(quote_char='`', with_namespace=True, subquery=True)})"


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""Return whether the row rules let the user do this to the document; roles are the framework's own check."""
	user = user or frappe.session.user
	action = ptype if ptype in permission_table.ACTIONS else "read"
	if not doc.get("name") or doc.is_new() or action in ("create", "import"):
		return True  # nothing is stored yet: the role decides, and the controller checks what it is linked to
	return may_see_row(doc.doctype, str(doc.name), user, action)


def may_see_row(doctype: str, name: str, user: str, action: str = "read") -> bool:
	"""Return whether the stored row fulfils one of the user's row rules for this action."""
	cache = _request_cache()
	key = (doctype, name, user, action)
	if key not in cache:
		cache[key] = _ask_database(doctype, name, user, action)
	return cache[key]


def _ask_database(doctype: str, name: str, user: str, action: str) -> bool:
	condition = row_condition(doctype, user, action)
	if condition is None:
		return True
	table = DocType(doctype)
	return bool(frappe.qb.from_(table).select(table.name).where(table.name == name).where(condition).limit(1).run())


def row_condition(doctype: str, user: str, action: str = "read") -> Term | None:
	"""Return the condition on rows for this user and action; None when nothing is held back."""
	if user == "Administrator" or doctype not in permission_table.load():
		return None
	_refuse_odd_name(user)
	table = DocType(doctype)
	names = permission_table.rows_for(doctype, set(frappe.get_roles(user)), action)
	if "all" in names:
		return None
	conditions = [get_rule(name)(table, user) for name in sorted(names)]
	for path in frappe.get_hooks(EXTRA_ROWS_HOOK):
		extra = frappe.get_attr(path)(doctype, table, user, action)
		if extra is not None:
			conditions.append(extra)
	return Criterion.any(conditions) if conditions else NOTHING


def _refuse_odd_name(user: str) -> None:
	# The condition is handed to the framework as text; a user's name can hold neither of these.
	if "\\" in user or "\x00" in user:
		frappe.throw(frappe._("This account's name is not valid."), frappe.PermissionError)


def _request_cache() -> dict:
	if not getattr(frappe.local, "request", None):
		return {}
	if not hasattr(frappe.local, "lsm_rows"):
		frappe.local.lsm_rows = {}
	return frappe.local.lsm_rows


def forget_rows(doc: Document | None = None, method: str | None = None) -> None:
	"""Drop what was found out in this request: called whenever a document changes."""
	if hasattr(frappe.local, "lsm_rows"):
		frappe.local.lsm_rows = {}
