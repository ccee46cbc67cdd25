"""Values that a filter may compare with, by operator: of others the framework makes a statement that the database cannot read, or
ends in an error of its own."""

import math

import frappe
from frappe import _
from frappe.utils.data import get_timespan_date_range

from lsm_crm.guard.doctypes import STANDARD, field_of

DATES = ("Date", "Datetime")
NUMBERS = ("Check", "Currency", "Float", "Int", "Percent")
STANDARD_DATES = ("creation", "modified")
COMPARING = ("=", "!=", "<", ">", "<=", ">=", "like", "not like")
IN_TREES = (
	"descendants of",
	"descendants of (inclusive)",
	"not descendants of",
	"ancestors of",
	"not ancestors of",
)
NEAR = ("1 week", "1 month", "3 months", "6 months", "1 year")
SETTINGS = ("set", "not set")
WITH_LISTS = ("in", "not in", "between")


def require(doctype: str, column: str, operator: str, value) -> None:
	"""Say that a filter cannot be used.

	Raises:
	        frappe.ValidationError: naming the field, so that it can be found and removed.
	"""
	if not is_usable(doctype, column, operator, value):
		label = frappe.utils.escape_html(_(frappe.get_meta(doctype).get_label(column)))
		frappe.throw(
			_("The filter on {0} cannot be used. Choose another value or remove the filter.").format(label),
			title=_("Filters"),
		)


def is_column(doctype: str, column: str) -> bool:
	return _column(doctype, column) is not None


def _column(doctype: str, column: str) -> tuple[str, str] | None:
	"""(kind, options) of a field, both empty for a column of every table; None where there is none."""
	return ("", "") if column in STANDARD else field_of(doctype, column)


def is_usable(doctype: str, column: str, operator: str, value) -> bool:
	"""Whether the framework makes a statement of it that the database can read."""
	found = _column(doctype, column)
	if found is None or (isinstance(value, list) and operator not in WITH_LISTS):
		return False
	kind, options = found
	if operator in COMPARING:
		return _is_of_kind(kind, value)
	if operator in ("in", "not in"):
		return value is None or isinstance(value, (list, str))
	if operator == "is":
		return value in SETTINGS
	if operator in IN_TREES:
		tree = options if kind == "Link" else doctype if column == "name" else ""
		return _is_in_tree(tree, value)
	if kind not in DATES and column not in STANDARD_DATES:
		return False
	if operator == "between":
		return _are_days(value)
	if operator == "timespan":
		return bool(get_timespan_date_range(value))
	return value in NEAR


def _are_days(value) -> bool:
	"""One or two days; while a person still chooses them the desk sends none, which the framework takes for today."""
	if value in (None, "", []):
		return True
	if not isinstance(value, list) or len(value) > 2 or not all(isinstance(day, str) and day for day in value):
		return False
	return all(_works(_day_after, day) for day in value)


def _day_after(day: str):
	moment = frappe.utils.get_datetime(day)
	return moment and frappe.utils.add_to_date(moment, days=1)


def _is_of_kind(kind: str, value) -> bool:
	"""Whether the framework can read the value as one of the field's kind."""
	if isinstance(value, float) and not math.isfinite(value):
		return False
	if kind in NUMBERS:
		return math.isfinite(frappe.utils.flt(value))
	if kind == "Date":
		return _works(frappe.db.format_date, value)
	if kind == "Datetime":
		return _works(frappe.db.format_datetime, value)
	if kind == "Time":
		return _works(frappe.utils.get_time, value)
	return True


def _works(read, value) -> bool:
	"""Whether the framework's own reading of a value comes to an end."""
	try:
		return read(value) is not None
	except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, frappe.ValidationError):
		frappe.clear_messages()
		return False


def _is_in_tree(tree: str, value) -> bool:
	if not tree or not frappe.get_meta(tree).is_tree:
		return False
	return not value or (isinstance(value, str) and bool(frappe.db.exists(tree, value)))
