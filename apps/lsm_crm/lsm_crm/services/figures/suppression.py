"""Small numbers: which figures the board may see.

A figure that fewer than five people stand behind could be somebody. Hiding it alone is not enough where it follows from a total
and the others, so of every sum that is shown with its parts either nothing is hidden, or at least two parts that together
stand for five people or more. This holds for the items of a month, for the months of an item, and for both sides' totals.
"""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from datetime import date

import frappe
from frappe.query_builder import DocType

FEWEST = 5
TOTAL = None

Cell = tuple  # (item or TOTAL, month or TOTAL)


def mark_year(year: int) -> None:
	"""Set `shown` on the months' and the year's figures of that year."""
	table = DocType("Daily Figure")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.figure, table.grain, table.day, table.dimension, table.item, table.people)
		.where(table.grain.isin(("Month", "Year")))
		.where(table.day[date(year, 1, 1) : date(year, 12, 31)])
		.run(as_dict=True)
	)
	by_figure = defaultdict(list)
	for row in rows:
		by_figure[row.figure].append(row)
	shown = [name for figure_rows in by_figure.values() for name in shown_rows(figure_rows)]
	frappe.qb.update(table).set(table.shown, 0).where(table.name.isin([row.name for row in rows] or [""])).run()
	if shown:
		frappe.qb.update(table).set(table.shown, 1).where(table.name.isin(shown)).run()


def shown_rows(rows: list[dict]) -> list[str]:
	"""Names of one figure's rows of a year that may be shown."""
	totals = {_month(row): row for row in rows if row["dimension"] == "Total"}
	hidden_totals = hidden_cells({(TOTAL, month): row["people"] for month, row in totals.items()})
	dimensions = defaultdict(list)
	for row in rows:
		if row["dimension"] != "Total":
			dimensions[row["dimension"]].append(row)
	# A total hidden because of one split is hidden in all, so go round until nothing changes.
	hidden: dict[str, set[Cell]] = {}
	while True:
		before = set(hidden_totals)
		for dimension, cells in dimensions.items():
			people = {(row["item"], _month(row)): row["people"] for row in cells}
			people.update({(TOTAL, month): row["people"] for month, row in totals.items()})
			hidden[dimension] = hidden_cells(people, hidden_totals)
			hidden_totals = hidden_totals | {cell for cell in hidden[dimension] if cell[0] is TOTAL}
		if hidden_totals == before:
			break
	names = [row["name"] for month, row in totals.items() if (TOTAL, month) not in hidden_totals]
	for dimension, cells in dimensions.items():
		names += [row["name"] for row in cells if (row["item"], _month(row)) not in hidden[dimension]]
	return names


def hidden_cells(people: dict[Cell, int], already: AbstractSet[Cell] = frozenset()) -> set[Cell]:
	"""Which cells of a table with totals must be hidden; `people` maps (item or TOTAL, month or TOTAL) to people."""
	hidden = {cell for cell, count in people.items() if 0 < count < FEWEST} | (set(already) & set(people))
	lines = _lines(people)
	changed = True
	while changed:
		changed = False
		for line in lines:
			extra = _also_hide(line, people, hidden)
			if extra is not None:
				hidden.add(extra)
				changed = True
	return hidden


def _lines(people: dict[Cell, int]) -> list[list[Cell]]:
	rows, columns = defaultdict(list), defaultdict(list)
	for item, month in people:
		rows[item].append((item, month))
		columns[month].append((item, month))
	return [line for line in (*rows.values(), *columns.values()) if len(line) > 1]


def _also_hide(line: list[Cell], people: dict[Cell, int], hidden: set[Cell]) -> Cell | None:
	"""The next cell of the line to hide so that the hidden ones do not follow from the rest; None when they do not."""
	inside = [cell for cell in line if cell in hidden]
	if not inside:
		return None
	if len(inside) > 1 and sum(people[cell] for cell in inside) >= FEWEST:
		return None
	visible = [cell for cell in line if cell not in hidden and people[cell]]
	items, months = {item for item, _month in hidden}, {month for _item, month in hidden}

	def cost(cell: Cell) -> tuple:
		# rather a part than a total, rather where the crossing line hides something already, rather a small one
		crosses = cell[0] in items and cell[1] in months
		return TOTAL in cell, not crosses, people[cell], str(cell)

	return min(visible, key=cost, default=None)


def _month(row: dict):
	return TOTAL if row["grain"] == "Year" else row["day"].month
