"""Child tables on a page without JavaScript.

`checklist` one column of choices: a list of boxes to tick. `grid` two columns of choices (day and part of the
day): a table of boxes. `rows` anything else: numbered groups, with buttons to add and remove one.
"""

import re

from frappe import _
from werkzeug.datastructures import MultiDict

from lsm_crm.public_forms.definition import FormField
from lsm_crm.public_forms.values import clean, stored, value_error

MAX_ROWS = 30
SEPARATOR = "|"


def collect(item: FormField, posted: MultiDict) -> list:
	"""`checklist` gives names, `grid` pairs of names, `rows` a dict for each group."""
	if item.kind == "checklist":
		allowed = {option.value for option in item.columns[0].options}
		return [value for value in posted.getlist(item.id) if value in allowed]
	if item.kind == "grid":
		return [list(pair) for pair in _ticked_pairs(item, posted)]
	return _collect_rows(item, posted)


def _ticked_pairs(item: FormField, posted: MultiDict) -> list[tuple[str, str]]:
	first, second = ({option.value for option in column.options} for column in item.columns)
	pairs = [tuple(value.split(SEPARATOR, 1)) for value in posted.getlist(item.id) if SEPARATOR in value]
	return [(a, b) for a, b in dict.fromkeys(pairs) if a in first and b in second]


def _collect_rows(item: FormField, posted: MultiDict) -> list[dict]:
	pattern = re.compile(rf"^{re.escape(item.id)}-(\d{{1,3}})-(\w+)$")
	names = {column.name: column for column in item.columns}
	rows: dict[int, dict] = {}
	for key in posted:
		match = pattern.match(key)
		if match and match.group(2) in names and len(rows) <= MAX_ROWS:
			value = posted.get(key)
			column = names[match.group(2)]
			rows.setdefault(int(match.group(1)), {})[column.name] = "1" if column.kind == "check" else clean(value)
	return [rows[index] for index in sorted(rows)]


def filled_rows(rows: list) -> list:
	"""Groups in which anything was answered; an empty one that was only shown does not count."""
	return [row for row in rows if not isinstance(row, dict) or any(v and v != "0" for v in row.values())]


def error(item: FormField, rows: list) -> str | None:
	if item.required and not filled_rows(rows):
		return _("Choose at least one.") if item.kind != "rows" else _("Fill in at least one.")
	if len(rows) > MAX_ROWS and item.kind == "rows":
		return _("At most {0}.").format(MAX_ROWS)
	return _row_error(item, filled_rows(rows)) if item.kind == "rows" else None


def _row_error(item: FormField, rows: list[dict]) -> str | None:
	for number, row in enumerate(rows, start=1):
		for column in item.columns:
			value = row.get(column.name, "")
			if column.required and not value:
				return _("Number {0}: fill in “{1}”.").format(number, _(column.label))
			if value and column.kind != "check":
				message = value_error(column, value)
				if message:
					return _("Number {0}, “{1}”: {2}").format(number, _(column.label), message)
	keys = [row.get(item.columns[0].name) for row in rows]
	if item.columns[0].options and len(set(keys)) < len(keys):
		return _("You chose the same answer twice.")
	return None


def to_record(item: FormField, rows: list) -> list[dict]:
	names = [column.name for column in item.columns]
	if item.kind == "checklist":
		return [{names[0]: value} for value in rows]
	if item.kind == "grid":
		return [dict(zip(names, pair, strict=True)) for pair in rows]
	return [
		{column.name: stored(column, row[column.name]) for column in item.columns if row.get(column.name)}
		for row in filled_rows(rows)
	]


def shown_rows(item: FormField, rows: list, extra: bool = False) -> list[dict]:
	"""Groups to draw: those answered, at least one, and one more when asked for."""
	rows = list(rows or [])
	if not rows or extra:
		rows.append({column.name: column.default for column in item.columns})
	return rows[: MAX_ROWS + 1]


def readable(item: FormField, rows: list) -> list[str]:
	"""One line for each row, for the review."""
	if item.kind == "checklist":
		return [_(item.columns[0].label_of(value)) for value in rows]
	if item.kind == "grid":
		return _readable_grid(item, rows)
	lines = []
	for row in filled_rows(rows):
		first, *others = item.columns
		parts = [_readable_cell(column, row.get(column.name)) for column in others]
		head = _(first.label_of(row.get(first.name, "")))
		lines.append(head + (": " + ", ".join(part for part in parts if part) if any(parts) else ""))
	return lines


def _readable_grid(item: FormField, rows: list) -> list[str]:
	first, second = item.columns
	lines = []
	for option in first.options:
		chosen = [_(second.label_of(b)) for a, b in rows if a == option.value]
		if chosen:
			lines.append(f"{_(option.label)}: {', '.join(chosen)}")
	return lines


def _readable_cell(column: FormField, value: str | None) -> str:
	if not value or value == "0":
		return ""
	if column.kind == "check":
		return _(column.label)
	return f"{_(column.label)} {_(column.label_of(value))}"
