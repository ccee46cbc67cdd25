"""Lists are asked for with names of fields, operators and values; nothing that could become SQL gets through."""

import json
import re
from functools import lru_cache

import frappe

from lsm_crm import permission_table
from lsm_crm.guard import filter_values
from lsm_crm.guard.doctypes import children_of
from lsm_crm.guard.errors import refuse

NAME = r"[A-Za-z_][A-Za-z0-9_]{0,63}"
COLUMN = rf"(?:`tab(?P<table>[A-Za-z0-9 _-]+)`\.)?`?(?P<column>{NAME})`?"
PLAIN = re.compile(COLUMN)
FIELD = re.compile(rf"{COLUMN}(?: (?:as|AS) `?{NAME}`?)?")
DOTTED = re.compile(rf"(?P<link>{NAME})\.(?P<column>{NAME})(?: (?:as|AS) `?{NAME}`?)?")
FUNCTION = re.compile(
	rf"(?:count|sum|avg|min|max)\((?:distinct )?(?:\*|{COLUMN})\)(?: (?:as|AS) `?{NAME}`?)?", re.IGNORECASE
)
ORDER = re.compile(rf"{COLUMN}(?: (?:asc|desc))?", re.IGNORECASE)
OPERATORS = frozenset(
	("=", "!=", "<", ">", "<=", ">=", "like", "not like", "in", "not in", "is", "between", "timespan")
	+ ("previous", "next", *filter_values.IN_TREES)
)
MAX_VALUES = 500
MAX_TEXT = 10_000
MAX_FIELD = 300

# how many rows, and from which on
COUNTS = ("limit_start", "limit_page_length", "limit", "start", "page_length")
COUNT = re.compile(r"[0-9]{1,9}")
NO_COUNT = (None, "", "None", "null", "undefined")
# what a list may be asked with; anything else could reach an inner argument of the framework's query, or one that it lacks
KEYS = frozenset(
	(
		*COUNTS,
		"doctype",
		"fields",
		"filters",
		"or_filters",
		"order_by",
		"group_by",
		"debug",
		"view",
		"with_comment_count",
		"with_childnames",
		"save_user_settings",
		"user_settings",
		"distinct",
		"add_total_row",
		"aggregate_function",
		"aggregate_on_field",
		"aggregate_on_doctype",
		"cmd",
		"csrf_token",
		"data",
		"with_link_titles",
		"translate_values",
	)
)
# what single functions know besides
CLIENT_KEYS = frozenset(("as_dict", "parent"))
KEYS_OF = {
	"frappe.client.get_list": CLIENT_KEYS,
	"frappe.client.get_value": CLIENT_KEYS | {"fieldname"},
	"frappe.desk.reportview.export_query": frozenset(
		(
			"title",
			"file_format_type",
			"file_format",
			"csv_quoting",
			"csv_delimiter",
			"csv_decimal_sep",
			"selected_items",
			"report_name",
			"export_in_background",
			"add_totals_row",
		)
	),
}


def check(call, form: dict, doctype: str, more: frozenset = frozenset()) -> None:
	"""Refuse list arguments of any other form; `more` are those that this function knows besides."""
	if unknown := form.keys() - KEYS - more:
		refuse(call, f"argument {min(unknown)!r} is not part of a list request")
	if form.get("debug") not in (None, "", 0, "0", "false", False, "False"):
		refuse(call, "debug")
	check_counts(call, form)
	tables = _Tables(call, doctype)
	for key in ("fields", "fieldname"):
		if form.get(key) is not None:
			fields = parsed(call, form[key], single=True)
			kept = check_fields(tables, fields)
			if isinstance(fields, list) and len(kept) < len(fields):
				form[key] = json.dumps(kept)
	for key in ("filters", "or_filters"):
		check_filters(tables, form.get(key), name_allowed=key == "filters" and "fieldname" in form)
	check_order(tables, form.get("order_by"))
	check_columns(tables, form.get("group_by"))
	_check_aggregate(tables, form)
	_check_settings(call, form)
	if form.get("parent"):
		refuse(call, "rows are reached through their parent")


def check_counts(call, form: dict) -> None:
	"""Numbers of rows are counted in rows: nothing negative, and nothing larger than the database counts."""
	for key in COUNTS:
		value = form.get(key)
		if value in NO_COUNT:
			form.pop(key, None)
		elif not COUNT.fullmatch(str(value)):
			refuse(call, f"{key} is no number of rows")


class _Tables:
	"""The tables one query may touch: the DocType's own and those of its rows."""

	def __init__(self, call, doctype: str):
		self.call = call
		self.doctype = doctype
		self._children: set[str] | None = None

	def allow(self, name: str | None) -> None:
		if not name or name == self.doctype:
			return
		if self._children is None:
			self._children = children_of(self.doctype)
		if name not in self._children:
			refuse(self.call, f"table {name!r} does not belong to {self.doctype}")

	def may_follow(self, link: str) -> bool:
		"""Whether values of a linked document may be read along: only where the caller may read every such document,
		since the framework does not ask the linked DocType's row rules."""
		field = frappe.get_meta(self.doctype).get_field(link)
		if field and field.fieldtype in ("Table", "Table MultiSelect"):
			return True
		if not field or field.fieldtype != "Link":
			refuse(self.call, f"{link!r} is not a field that leads to rows")
		if field.options in permission_table.row_ruled_doctypes() and frappe.session.user != "Administrator":
			roles = set(frappe.get_roles())
			return "all" in permission_table.rows_for(field.options, roles, "read")
		return bool(frappe.has_permission(field.options))


def parsed(call, value, single: bool = False):
	"""JSON text as what it means; a plain name stays one where `single` allows it."""
	if not isinstance(value, str):
		return value
	if len(value) > MAX_TEXT:
		refuse(call, "argument too long")
	try:
		return json.loads(value)
	except ValueError:
		if single:
			return value
		refuse(call, "not JSON")


def check_fields(tables: _Tables, fields) -> list[str]:
	"""The fields that may be read. The desk's lists ask for titles of linked documents; where the caller may not read all of
	those, the title is left out and the list shows the number."""
	kept = []
	if isinstance(fields, str):
		fields = [fields]
	if not isinstance(fields, list):
		refuse(tables.call, "fields are not a list")
	for field in fields:
		if not isinstance(field, str) or len(field) > MAX_FIELD:
			refuse(tables.call, "a field is not a name")
		shape = _field(field)
		if shape is None:
			refuse(tables.call, f"field {field[:60]!r}")
		table, link = shape
		tables.allow(table)
		if not link or tables.may_follow(link):
			kept.append(field)
	return kept


@lru_cache(maxsize=4096)
def _field(field: str) -> tuple[str | None, str | None] | None:
	"""(table, link) that a field names, either of them None; None for what is no field. Kept, since the desk's lists ask for
	the same few over and over."""
	if field == "*":
		return None, None
	if match := FIELD.fullmatch(field) or FUNCTION.fullmatch(field):
		return match["table"], None
	if match := DOTTED.fullmatch(field):
		return None, match["link"]
	return None


def check_filters(tables: _Tables, filters, name_allowed: bool = False) -> None:
	"""Filters as a dict or a list of lists; text only where it is one document's name."""
	if filters in (None, "", [], {}):
		return
	if isinstance(filters, str):
		text = filters.strip()
		if name_allowed and not text.startswith(("[", "{")):
			if len(text) > 140:
				refuse(tables.call, "name too long")
			return
		filters = parsed(tables.call, text, single=name_allowed)
	if isinstance(filters, dict):
		filters = [_from_dict(key, value) for key, value in filters.items()]
	if isinstance(filters, (int, float)) and name_allowed:
		return
	if not isinstance(filters, list):
		refuse(tables.call, "filters are not a list")
	for entry in filters:
		_check_filter(tables, entry)


def _from_dict(key, value) -> list:
	if isinstance(value, list) and len(value) == 2:
		return [key, value[0], value[1]]
	return [key, "=", value]


def _check_filter(tables: _Tables, entry) -> None:
	if isinstance(entry, dict):
		for key, value in entry.items():
			_check_filter(tables, _from_dict(key, value))
		return
	if not isinstance(entry, list) or len(entry) not in (2, 3, 4, 5):
		refuse(tables.call, "a filter is not a list")
	if len(entry) == 2:
		entry = [entry[0], "=", entry[1]]
	if len(entry) == 3:
		entry = [None, *entry]
	table, column, operator, value = entry[:4]
	if not isinstance(column, str) or not (match := PLAIN.fullmatch(column)):
		dotted = DOTTED.fullmatch(column) if isinstance(column, str) else None
		if not dotted:
			refuse(tables.call, f"filter on {str(column)[:60]!r}")
		if not tables.may_follow(dotted["link"]):
			refuse(tables.call, "filter on a linked record")
	else:
		tables.allow(match["table"])
	if table is not None and not isinstance(table, str):
		refuse(tables.call, "filter's table is not a name")
	tables.allow(table)
	if not isinstance(operator, str) or operator.lower() not in OPERATORS:
		refuse(tables.call, f"operator {str(operator)[:30]!r}")
	_check_value(tables, value)
	if match:
		filter_values.require(match["table"] or table or tables.doctype, match["column"], operator.lower(), value)


def _check_value(tables: _Tables, value) -> None:
	values = value if isinstance(value, list) else [value]
	if len(values) > MAX_VALUES:
		refuse(tables.call, "too many values")
	for one in values:
		if not isinstance(one, (str, int, float, bool, type(None))):
			refuse(tables.call, "a filter's value is not plain")
		if isinstance(one, str) and len(one) > MAX_TEXT:
			refuse(tables.call, "value too long")


def check_order(tables: _Tables, text) -> None:
	_check_list(tables, text, ORDER, "order")


def check_columns(tables: _Tables, text) -> None:
	_check_list(tables, text, PLAIN, "grouping")


def _check_list(tables: _Tables, text, pattern: re.Pattern, what: str) -> None:
	if text in (None, "", "null", "undefined", "None"):
		return
	if not isinstance(text, str):
		refuse(tables.call, f"{what} is not text")
	for part in text.split(","):
		match = pattern.fullmatch(part.strip(" "))
		if not match:
			refuse(tables.call, f"{what} {part[:60]!r}")
		tables.allow(match["table"])


def _check_aggregate(tables: _Tables, form: dict) -> None:
	given = [form.get(key) for key in ("aggregate_function", "aggregate_on_field", "aggregate_on_doctype")]
	if not any(given):
		return
	if not all(isinstance(value, str) and value for value in given):
		refuse(tables.call, "an aggregate is a function, a field and a table")
	tables.allow(given[2])
	for value in given[:2]:
		check_name(tables.call, value, "aggregate")


def _check_settings(call, form: dict) -> None:
	"""What the desk keeps of a list is JSON."""
	if form.get("save_user_settings") in ("", None):
		form.pop("save_user_settings", None)
	else:
		parsed(call, form["save_user_settings"])
	if form.get("user_settings") and not isinstance(parsed(call, form["user_settings"]), dict):
		refuse(call, "settings of a list")


def check_name(call, value, what: str = "name") -> None:
	"""A plain field name and nothing else."""
	if not isinstance(value, str) or not re.fullmatch(NAME, value):
		refuse(call, f"{what} {str(value)[:60]!r}")


def tables(call, doctype: str) -> _Tables:
	return _Tables(call, doctype)
