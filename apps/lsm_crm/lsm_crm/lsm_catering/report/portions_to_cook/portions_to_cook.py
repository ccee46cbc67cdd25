"""Portions by day and dish of the orders that the reader may see, with what must be watched."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import add_days, formatdate, getdate

STATES = ("Confirmed", "In Kitchen", "Ready", "On the Way", "Delivered", "Settled")


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	first = getdate(filters.from_date)
	last = getdate(filters.to_date or add_days(first, 13))
	orders = frappe.get_list(
		"Catering Order",
		filters={"delivery_date": ("between", (first, last)), "workflow_state": ("in", STATES)},
		fields=["name", "delivery_date"],
		limit_page_length=0,
	)
	rows = _portions({order.name: order.delivery_date for order in orders})
	return _columns(), rows, None, _chart(rows)


def _portions(days: dict[str, object]) -> list[dict]:
	if not days:
		return []
	# rows of orders that the list above lets the reader see
	dishes = frappe.get_all(
		"Order Dish",
		filters={"parent": ("in", list(days)), "parenttype": "Catering Order"},
		fields=["parent", "dish", "portions", "allergens", "vegan"],
	)
	found: dict[tuple, dict] = {}
	for row in dishes:
		key = (days[row.parent], row.dish)
		line = found.setdefault(
			key,
			{
				"day": key[0],
				"dish": row.dish,
				"portions": 0,
				"orders": 0,
				"allergens": row.allergens,
				"vegan": row.vegan,
			},
		)
		line["portions"] += row.portions or 0
		line["orders"] += 1
	return [found[key] for key in sorted(found)]


def _columns() -> list[dict]:
	return [
		{"fieldname": "day", "label": _("Day"), "fieldtype": "Date", "width": 110},
		{"fieldname": "dish", "label": _("Dish"), "fieldtype": "Link", "options": "Dish", "width": 240},
		{"fieldname": "portions", "label": _("Portions"), "fieldtype": "Int", "width": 100},
		{"fieldname": "orders", "label": _("Orders"), "fieldtype": "Int", "width": 100},
		{"fieldname": "vegan", "label": _("Vegan"), "fieldtype": "Check", "width": 80},
		{"fieldname": "allergens", "label": _("Allergens"), "fieldtype": "Data", "width": 300},
	]


def _chart(rows: list[dict]) -> dict | None:
	days: dict[str, int] = defaultdict(int)
	for row in rows:
		days[formatdate(row["day"], "d MMM")] += row["portions"]
	if not days:
		return None
	data = {"labels": list(days), "datasets": [{"name": _("Portions"), "values": list(days.values())}]}
	return {"data": data, "type": "bar"}
