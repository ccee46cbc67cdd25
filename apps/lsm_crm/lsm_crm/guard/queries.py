"""Lists are asked for with names of fields, operators and values; nothing that could become SQL gets through."""

import inspect
import json
import re
from functools import cache, lru_cache

import frappe
from frappe.desk import reportview
from frappe.desk import utils as desk_utils

from lsm_crm import permission_table
from lsm_crm.guard import doctypes, filter_values
from lsm_crm.guard.errors import refuse

NAME = r"[A-Za-z_][A-Za-z0-9_]{0,63}"
PLAIN_NAME = re.compile(NAME)
COLUMN = rf"(?:`tab(?P<table>[A-Za-z0-9 _-]+)`\.)?`?(?P<column>{NAME})`?"
PLAIN = re.compile(COLUMN)
FIELD = re.compile(rf"{COLUMN}(?: (?:as|AS) `?{NAME}`?)?")
DOTTED = re.compile(rf"(?P<link>{NAME})\.(?P<column>{NAME})(?: (?:as|AS) `?{NAME}`?)?")
FUNCTION = re.compile(
	rf"(?:count|sum|avg|min|max)\((?:distinct )?(?:\*|{COLUMN})\)(?: (?:as|AS) `?{NAME}`?)?", re.IGNORECASE
)
ALIAS = re.compile(rf" as `?({NAME})`?", re.IGNORECASE)
AGGREGATES = ("aggregate_function", "aggregate_on_field", "aggregate_on_doctype")
AGGREGATE = "_aggregate_column"  # what the framework calls the column of a grouped list
ORDER = re.compile(rf"{COLUMN}(?: (?:asc|desc))?", re.IGNORECASE)
OPERATORS = frozenset(
	("=", "!=", "<", ">", "<=", ">=", "like", "not like", "in", "not in", "is", "between", "timespan")
	+ ("previous", "next", *filter_values.IN_TREES)
)
MAX_VALUES = 500
MAX_TEXT = 10_000
MAX_FIELD = 300
KEPT_TEXT = 2000

# how many rows, and from which on
COUNTS = ("limit_start", "limit_page_length", "limit", "start", "page_length")
COUNT = re.compile(r"[0-9]{1,9}")
NO_COUNT = (None, "", "None", "null", "undefined")
# what a list may be asked with; anything else could reach an inner argument of the framework's query, or one that it lacks
KEYS = frozenset(
	(
		*COUNTS,
		*AGGREGATES,
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
		"cmd",
		"csrf_token",
		"data",
	)
)
NEWER_KEYS = ("with_link_titles", "translate_values", "csv_decimal_sep", "export_in_background")
VALUE = "frappe.client.get_value"
# what single functions know besides
CLIENT_KEYS = frozenset(("as_dict", "parent"))
KEYS_OF = {
	"frappe.client.get_list": CLIENT_KEYS,
	VALUE: CLIENT_KEYS | {"fieldname"},
	"frappe.desk.reportview.export_query": frozenset(
		(
			"title",
			"file_format_type",
			"csv_quoting",
			"csv_delimiter",
			"selected_items",
			"add_totals_row",
		)
	),
}


@cache
def _newer_keys() -> frozenset[str]:
	"""Those of what newer releases' desks send besides that the framework here takes."""
	source = inspect.getsource(reportview) + inspect.getsource(desk_utils)
	return frozenset(key for key in NEWER_KEYS if f'"{key}"' in source)


def check(call, form: dict, doctype: str, more: frozenset = frozenset()) -> None:
	"""Refuse list arguments of any other form; `more` are those that this function knows besides."""
	if not form.keys() <= KEYS and (unknown := form.keys() - KEYS - more - _newer_keys()):
		refuse(call, f"argument {min(unknown)!r} is not part of a list request")
	if form.get("debug") not in (None, "", 0, "0", "false", False, "False"):
		refuse(call, "debug")
	check_counts(call, form)
	tables = _Tables(call, doctype)
	for key in ("fields", "fieldname"):
		if form.get(key) is not None and not _are_own_fields(doctype, form[key]):
			fields = parsed(call, form[key], single=True)
			kept = check_fields(tables, fields)
			if fields != kept and (key == "fields" or isinstance(fields, list)):
				form[key] = json.dumps(kept)
	for key in ("filters", "or_filters"):
		check_filters(tables, form.get(key), name_allowed=key == "filters" and "fieldname" in form)
	check_order(tables, form.get("order_by"), form.get("fields"))
	check_columns(tables, form.get("group_by"))
	_check_aggregate(tables, form)
	_check_settings(call, form)
	if form.get("parent"):
		refuse(call, "rows are reached through their parent")


def check_counts(call, form: dict, keys: tuple[str, ...] = COUNTS) -> None:
	"""Numbers of rows are counted in rows: nothing negative, and nothing larger than the database counts."""
	for key in keys:
		if key not in form:
			continue
		value = form[key]
		if value in NO_COUNT:
			form[key] = 0  # as the framework takes what is empty
		elif not COUNT.fullmatch(str(value)):
			refuse(call, f"{key} is no number of rows")
		else:
			form[key] = int(value)  # a search of the framework's own writes it into its statement as it is


class _Tables:
	"""The tables one query may touch: the DocType's own and those of its rows."""

	def __init__(self, call, doctype: str):
		self.call = call
		self.doctype = doctype
		self._children: set[str] | None = None
		if call.name != VALUE and doctypes.is_single(doctype):
			refuse(call, f"of {doctype} there is one, and no list")

	def allow(self, name: str | None) -> None:
		if not name or name == self.doctype:
			return
		if self._children is None:
			self._children = doctypes.children_of(self.doctype)
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


def _are_own_fields(doctype: str, fields) -> bool:
	return isinstance(fields, str) and len(fields) < KEPT_TEXT and _asks_own_table(doctype, fields)


@lru_cache(maxsize=1024)
def _asks_own_table(doctype: str, text: str) -> bool:
	"""Whether a JSON list names fields of the DocType's own table alone. Kept, since the desk's lists ask for the same over and
	over, and it depends on nothing else."""
	try:
		fields = json.loads(text)
	except ValueError:
		return False
	if not isinstance(fields, list) or not all(isinstance(field, str) and len(field) <= MAX_FIELD for field in fields):
		return False
	shapes = [_field(field) for field in fields]
	return all(shape is not None and shape[0] in (None, doctype) and not shape[1] for shape in shapes)


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
	"""[column, operator, value], with the table before them where the desk names it, and behind them what it hides."""
	if not isinstance(entry, list) or len(entry) not in (3, 4, 5):
		refuse(tables.call, "a filter is not a list")
	table, column, operator, value = (tables.doctype, *entry) if len(entry) == 3 else entry[:4]
	if not isinstance(column, str) or not PLAIN_NAME.fullmatch(column):
		refuse(tables.call, f"filter on {str(column)[:60]!r}")
	if not isinstance(table, str) or not table:
		refuse(tables.call, "filter's table is not a name")
	tables.allow(table)
	if not isinstance(operator, str) or operator.lower() not in OPERATORS:
		refuse(tables.call, f"operator {str(operator)[:30]!r}")
	_check_value(tables, value)
	filter_values.require(table, column, operator.lower(), value)


def _check_value(tables: _Tables, value) -> None:
	values = value if isinstance(value, list) else [value]
	if len(values) > MAX_VALUES:
		refuse(tables.call, "too many values")
	for one in values:
		if not isinstance(one, (str, int, float, bool, type(None))):
			refuse(tables.call, "a filter's value is not plain")
		if isinstance(one, str) and len(one) > MAX_TEXT:
			refuse(tables.call, "value too long")


def check_order(tables: _Tables, text, fields="") -> None:
	_check_list(tables, text, ORDER, "order", fields)


def check_columns(tables: _Tables, text) -> None:
	_check_list(tables, text, PLAIN, "grouping")


def _check_list(tables: _Tables, text, pattern: re.Pattern, what: str, fields="") -> None:
	if text in (None, "", "null", "undefined", "None"):
		return
	if not isinstance(text, str):
		refuse(tables.call, f"{what} is not text")
	if len(text) < KEPT_TEXT and _names_own_columns(tables.doctype, text, pattern):
		return
	for part in text.split(","):
		match = pattern.fullmatch(part.strip(" "))
		if not match:
			refuse(tables.call, f"{what} {part[:60]!r}")
		tables.allow(match["table"])
		column = match["column"]
		if filter_values.is_column(match["table"] or tables.doctype, column):
			continue
		if column not in (AGGREGATE, *ALIAS.findall(str(fields))):
			refuse(tables.call, f"{what} by {column!r}, which is no field")


@lru_cache(maxsize=1024)
def _names_own_columns(doctype: str, text: str, pattern: re.Pattern) -> bool:
	"""Whether it names columns of the DocType's own table alone, as the app's files have them."""
	matches = [pattern.fullmatch(part.strip(" ")) for part in text.split(",")]
	return all(
		match and match["table"] in (None, doctype) and doctypes.has_own_field(doctype, match["column"])
		for match in matches
	)


def _check_aggregate(tables: _Tables, form: dict) -> None:
	given = [form.get(key) for key in AGGREGATES]
	if not any(given):
		return
	if not all(isinstance(value, str) and value for value in (*given, form.get("group_by"), form.get("fields"))):
		refuse(tables.call, "an aggregate is a function, a field and a table, over groups")
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
	if not isinstance(value, str) or not PLAIN_NAME.fullmatch(value):
		refuse(call, f"{what} {str(value)[:60]!r}")


def tables(call, doctype: str) -> _Tables:
	return _Tables(call, doctype)
