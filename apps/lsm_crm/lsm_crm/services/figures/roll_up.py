"""The roll-up: Daily Figure rows made from the records, month by month, each month whole or not at all.

Days carry every combination of topic, language, area, mode and kind. Months and years carry a total and one row for each topic,
language, area, mode and kind, with the number of different people behind it; what the board may see of those is decided for a
year at once (see `suppression`). A closed year is never counted again: its records may be gone by then.
"""

from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max, Min, Sum
from frappe.utils import add_months, get_first_day, get_last_day, getdate, now, nowdate
from pypika import Case
from pypika.terms import Field, Term

from lsm_crm.services.figures import suppression
from lsm_crm.services.figures.sources import SOURCES, SPLITS, Source

FIELDS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"figure",
	"grain",
	"day",
	"dimension",
	"item",
	"amount",
	"people",
	"shown",
	*SPLITS,
)
DIMENSIONS = {split.capitalize(): split for split in SPLITS}


def update(today: date | None = None) -> None:
	"""Count this year and last year anew; the nightly task. Years before, when nothing was counted yet."""
	today = getdate(today or nowdate())
	first = date(today.year - 1, 1, 1)
	if not frappe.db.exists("Daily Figure", {"grain": "Day"}):
		first = min(first, first_record_day() or first)
	rebuild(first, today)


def rebuild(start: date, until: date) -> None:
	"""Count every month from the one of `start` to the one of `until`, but not those of closed years."""
	years = [year for year in range(getdate(start).year, getdate(until).year + 1) if not is_closed(year)]
	for year in years:
		month = max(get_first_day(getdate(start)), date(year, 1, 1))
		while month <= getdate(until) and month.year == year:
			count_month(month)
			_commit()
			month = getdate(add_months(month, 1))
		count_year(year)
		_commit()


def is_closed(year: int) -> bool:
	"""Whether the annual report of that year is closed, so that its figures stand."""
	return bool(frappe.db.exists("Annual Report", {"year": year, "status": "Closed"}))


def first_record_day() -> date | None:
	"""The earliest day on which anything is counted."""
	days = []
	for source in SOURCES:
		rows = source.rows().as_("counted")
		days.append(frappe.qb.from_(rows).select(Min(rows.day)).run()[0][0])
	return min((getdate(day) for day in days if day), default=None)


def count_month(month: date) -> None:
	"""Days and totals of one month, in place of what stood there."""
	first, last = getdate(get_first_day(month)), getdate(get_last_day(month))
	table = DocType("Daily Figure")
	frappe.qb.from_(table).delete().where(table.grain.isin(("Day", "Month"))).where(table.day[first:last]).run()
	for source in SOURCES:
		days = _grouped(source, first, last, ("day", *SPLITS))
		_insert(_day_row(source, row) for row in days)
		if days:
			_insert(_marginals(source, "Month", first, last))


def count_year(year: int) -> None:
	"""Totals of one year, and what of its months and its totals the board may see."""
	first, last = date(year, 1, 1), date(year, 12, 31)
	table = DocType("Daily Figure")
	frappe.qb.from_(table).delete().where(table.grain == "Year").where(table.day == first).run()
	for source in SOURCES:
		_insert(_marginals(source, "Year", first, last))
	suppression.mark_year(year)


def _grouped(source: Source, first: date, last: date, by: tuple[str, ...]) -> list[dict]:
	rows = source.rows().as_("counted")
	columns = [Field(name, table=rows) for name in by]
	query = (
		frappe.qb.from_(rows)
		.select(*columns, Sum(rows.amount).as_("amount"), people(rows).as_("people"))
		.where(rows.day[first:last])
	)
	return query.groupby(*columns).run(as_dict=True) if by else query.run(as_dict=True)


def people(rows) -> Term:
	"""Different people, and where nobody is named each unit as somebody else."""
	nameless = Case().when(rows.person.isnull() | (rows.person == ""), rows.amount).else_(0)
	named = Case().when(rows.person != "", rows.person)
	return Count(named).distinct() + Sum(nameless)


def _day_row(source: Source, row: dict) -> dict:
	splits = {name: row[name] or "" for name in SPLITS}
	return {"figure": source.figure, "grain": "Day", "dimension": "All", **splits, **_measures(row), "day": row["day"]}


def _marginals(source: Source, grain: str, first: date, last: date):
	common = {"figure": source.figure, "grain": grain, "day": first}
	(total,) = _grouped(source, first, last, ())
	if not total["amount"]:
		return
	yield {**common, "dimension": "Total", **_measures(total)}
	for dimension, split in DIMENSIONS.items():
		cells = _grouped(source, first, last, (split,))
		if len(cells) == 1 and not cells[0][split]:
			continue  # this figure is not split that way
		for cell in cells:
			yield {**common, "dimension": dimension, "item": cell[split] or "", **_measures(cell)}


def _measures(row: dict) -> dict:
	return {"amount": row["amount"] or 0, "people": int(row["people"] or 0)}


def _insert(rows) -> None:
	stamp, user = now(), frappe.session.user
	fixed = {"creation": stamp, "modified": stamp, "owner": user, "modified_by": user, "item": "", "shown": 0}
	blank = dict.fromkeys(SPLITS, "")
	values = [
		tuple({**fixed, **blank, **row, "name": frappe.generate_hash(length=20)}[field] for field in FIELDS)
		for row in rows
	]
	if values:
		frappe.db.bulk_insert("Daily Figure", FIELDS, values)


def last_counted() -> str | None:
	"""When the roll-up was made last."""
	table = DocType("Daily Figure")
	return frappe.qb.from_(table).select(Max(table.modified)).run()[0][0]


def _commit() -> None:
	# each month stands by itself, so a task that is killed leaves whole months; tests roll back instead
	if not frappe.flags.in_test:
		frappe.db.commit()
