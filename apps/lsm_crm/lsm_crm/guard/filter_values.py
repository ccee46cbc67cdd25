"""Values that a filter may compare with, by operator: of others the framework makes a statement that the database cannot read."""

import frappe
from frappe import _
from frappe.utils.data import get_timespan_date_range

DATES = ("Date", "Datetime")
STANDARD_DATES = ("creation", "modified")
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


def is_usable(doctype: str, column: str, operator: str, value) -> bool:
	"""Whether the framework makes a statement of it that the database can read."""
	if isinstance(value, list) and operator not in WITH_LISTS:
		return False
	if operator in ("in", "not in"):
		return value is None or isinstance(value, (list, str))
	if operator == "between":
		return _is_date(doctype, column) and _are_days(value)
	if operator == "is":
		return value in SETTINGS
	if operator in ("previous", "next"):
		return _is_date(doctype, column) and value in NEAR
	if operator == "timespan":
		return _is_date(doctype, column) and bool(get_timespan_date_range(value))
	if operator in IN_TREES:
		return _is_in_tree(doctype, column, value)
	return True


def _is_date(doctype: str, column: str) -> bool:
	field = frappe.get_meta(doctype).get_field(column)
	return field.fieldtype in DATES if field else column in STANDARD_DATES


def _are_days(value) -> bool:
	if not isinstance(value, list) or len(value) != 2 or not all(isinstance(day, str) and day for day in value):
		return False
	try:
		return all(frappe.utils.get_datetime(day) for day in value)
	except (ValueError, OverflowError, frappe.ValidationError):
		frappe.clear_messages()
		return False


def _is_in_tree(doctype: str, column: str, value) -> bool:
	field = frappe.get_meta(doctype).get_field(column)
	tree = field.options if field and field.fieldtype == "Link" else doctype if column == "name" else None
	if not tree or not frappe.get_meta(tree).is_tree:
		return False
	return not value or (isinstance(value, str) and bool(frappe.db.exists(tree, value)))
