"""Tables of figures for reports and prints: items by month of one year, with what may not be shown left out."""

from collections import defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import flt, formatdate

from lsm_crm.constants import COORDINATOR
from lsm_crm.services.figures.sources import FIGURES
from lsm_crm.services.figures.suppression import FEWEST

SPLITS = ("Total", "Topic", "Language", "Area", "Mode", "Kind")
MASTERS = {"Topic": "Help Topic", "Area": "Area", "Language": "Language"}
MONTHS = range(1, 13)
HIDDEN = "*"


def sees_small_numbers() -> bool:
	"""The coordinator sees every figure; all others see them as the board does."""
	return frappe.session.user == "Administrator" or COORDINATOR in frappe.get_roles()


def cells_of(year: int, figures: tuple[str, ...], split: str) -> dict[tuple, dict]:
	"""{(figure, item, month or 0 for the year): {"amount", "shown"}} of the roll-up."""
	table = DocType("Daily Figure")
	rows = (
		frappe.qb.from_(table)
		.select(table.figure, table.item, table.grain, table.day, table.amount, table.shown)
		.where(table.figure.isin(figures) & (table.dimension == split) & table.grain.isin(("Month", "Year")))
		.where(table.day[date(year, 1, 1) : date(year, 12, 31)])
		.run(as_dict=True)
	)
	exact = sees_small_numbers()
	return {
		(row.figure, row.item or "", row.day.month if row.grain == "Month" else 0): {
			"amount": flt(row.amount, 2),
			"shown": bool(exact or row.shown),
		}
		for row in rows
	}


def by_item(year: int, figure: str, split: str) -> list[dict]:
	"""One row for each item, largest first, then the total."""
	cells = {(item, month): cell for (_figure, item, month), cell in cells_of(year, (figure,), split).items()}
	items = {item for item, _month in cells}

	def size(item: str) -> float:
		cell = cells.get((item, 0))
		return cell["amount"] if cell and cell["shown"] else 0

	rows = [_row(label_of(split, item), cells, item) for item in sorted(items, key=lambda i: (-size(i), i))]
	if split == "Total":
		return [{**row, "item": _("All")} for row in rows]
	totals = {("", month): cell for (_f, _i, month), cell in cells_of(year, (figure,), "Total").items()}
	return [*rows, {**_row(_("All"), totals, ""), "bold": 1}] if rows else []


def by_figure(year: int) -> list[dict]:
	"""One row for each figure: its months and its year."""
	cells = {(figure, month): cell for (figure, _i, month), cell in cells_of(year, FIGURES, "Total").items()}
	return [_row(_(figure), cells, figure) for figure in FIGURES if any(key[0] == figure for key in cells)]


def _row(label: str, cells: dict, item: str) -> dict:
	row: dict = {"item": label}
	for month in (*MONTHS, 0):
		cell = cells.get((item, month))
		row[column(month)] = show(cell)
		row[f"{column(month)}_number"] = cell["amount"] if cell and cell["shown"] else 0
	return row


def show(cell: dict | None) -> str:
	"""The figure as text: nothing where there is none, a star where few people stand behind it."""
	if not cell or not cell["amount"]:
		return ""
	if not cell["shown"]:
		return HIDDEN
	return frappe.format(cell["amount"], {"fieldtype": "Float", "precision": 0 if cell["amount"] % 1 == 0 else 1})


def column(month: int) -> str:
	return f"month_{month}" if month else "year"


def label_of(split: str, item: str) -> str:
	"""An item in the reader's language."""
	if not item:
		return _("Not known")
	if split == "Language":
		return _(frappe.db.get_value("Language", item, "language_name", cache=True) or item)
	return _(item)


def month_names() -> list[str]:
	"""Short names of the months in the reader's language."""
	return [formatdate(date(2000, month, 1), "MMM") for month in MONTHS]


def columns(first_label: str) -> list[dict]:
	"""Columns of a report over the months of a year."""
	months = [
		{"fieldname": column(month), "label": name, "fieldtype": "Data", "width": 72, "align": "right"}
		for month, name in zip(MONTHS, month_names(), strict=True)
	]
	return [
		{"fieldname": "item", "label": first_label, "fieldtype": "Data", "width": 220},
		{"fieldname": "year", "label": _("Year"), "fieldtype": "Data", "width": 90, "align": "right"},
		*months,
	]


def note() -> str:
	"""What the reader must know about the figures."""
	if sees_small_numbers():
		return _("Counted last night. You see small numbers too: do not pass them on.")
	return _(
		"Counted last night. A star stands where fewer than {0} people are behind a figure, or where it would betray such a figure."
	).format(FEWEST)


def figures_by_month(rows: list[dict]) -> dict[str, list[float]]:
	"""{label: twelve numbers}, for charts."""
	found = defaultdict(list)
	for row in rows:
		found[row["item"]] = [row[f"{column(month)}_number"] for month in MONTHS]
	return found
