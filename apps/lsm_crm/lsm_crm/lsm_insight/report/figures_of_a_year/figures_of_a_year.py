"""One figure of a year by month, split by topic, language, area, mode or kind."""

import frappe
from frappe import _
from frappe.utils import cint, getdate

from lsm_crm.services.figures import tables
from lsm_crm.services.figures.sources import BY_FIGURE

BARS = 10


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	figure = filters.figure or "Help Requests"
	split = filters.split or "Topic"
	if figure not in BY_FIGURE or split not in tables.SPLITS:
		frappe.throw(_("There is no such figure."))
	rows = tables.by_item(cint(filters.year) or getdate().year, figure, split)
	return tables.columns(_label(figure, split)), rows, tables.note(), _chart(figure, split, rows)


def _label(figure: str, split: str) -> str:
	if split == "Kind" and BY_FIGURE[figure].kind_label:
		return _(BY_FIGURE[figure].kind_label)
	return _(figure) if split == "Total" else _(split)


def _chart(figure: str, split: str, rows: list[dict]) -> dict | None:
	if not rows:
		return None
	if split == "Total":
		values = tables.figures_by_month(rows)[rows[0]["item"]]
		return {
			"data": {"labels": tables.month_names(), "datasets": [{"name": _(figure), "values": values}]},
			"type": "bar",
		}
	top = [row for row in rows[:-1] if row["year_number"]][:BARS]
	data = {
		"labels": [r["item"] for r in top],
		"datasets": [{"name": _(figure), "values": [r["year_number"] for r in top]}],
	}
	return {"data": data, "type": "bar"}
