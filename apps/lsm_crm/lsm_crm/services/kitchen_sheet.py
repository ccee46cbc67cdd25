"""A day in the kitchen: what is cooked in all, what is bought, and what goes into which order."""

from collections import defaultdict
from math import ceil, floor

import frappe
from frappe.utils import flt, getdate

from lsm_crm.services import menu

COOKED = ("Confirmed", "In Kitchen", "Ready")


def sheet(day, states: tuple[str, ...] = COOKED) -> dict:
	"""Everything the kitchen needs for a day.

	{"day", "orders": [order documents], "dishes": [{"dish", "portions", "allergens", "vegan", "orders"}],
	"shopping": [{"ingredient", "quantity", "unit", "buying_unit", "pieces", "price"}], "guests", "portions"}
	"""
	names = frappe.get_list(
		"Catering Order",
		filters={"delivery_date": getdate(day), "workflow_state": ("in", states)},
		order_by="window_from, name",
		pluck="name",
		limit=0,
	)
	orders = [frappe.get_doc("Catering Order", name) for name in names]
	dishes = _dishes(orders)
	return {
		"day": getdate(day),
		"orders": orders,
		"dishes": dishes,
		"shopping": shopping({row["dish"]: row["portions"] for row in dishes}),
		"guests": sum(order.guests or 0 for order in orders),
		"portions": sum(row["portions"] for row in dishes),
	}


def _dishes(orders: list) -> list[dict]:
	found: dict[str, dict] = {}
	for order in orders:
		for row in order.dishes:
			entry = found.setdefault(
				row.dish,
				{"dish": row.dish, "portions": 0, "allergens": row.allergens, "vegan": row.vegan, "orders": []},
			)
			entry["portions"] += row.portions
			entry["orders"].append((order.name, row.portions))
	return sorted(found.values(), key=lambda entry: entry["dish"])


def shopping(portions: dict[str, int]) -> list[dict]:
	"""What to buy for so many portions of each dish, in whole buying units."""
	row, dish, item = (frappe.qb.DocType(name) for name in ("Dish Ingredient", "Dish", "Ingredient"))
	lines = (
		frappe.qb.from_(row)
		.join(dish)
		.on((row.parent == dish.name) & (row.parenttype == "Dish"))
		.join(item)
		.on(row.ingredient == item.name)
		.select(
			row.parent.as_("dish"),
			row.ingredient,
			row.quantity,
			dish.portions,
			item.recipe_unit,
			item.buying_unit,
			item.buying_size,
			item.price_per_buying_unit,
		)
		.where(row.parent.isin(list(portions) or [""]))
	).run(as_dict=True)
	needed: dict[str, float] = defaultdict(float)
	facts = {}
	for line in lines:
		needed[line.ingredient] += line.quantity * portions[line.dish] / line.portions
		facts[line.ingredient] = line
	return [_line(name, needed[name], facts[name]) for name in sorted(needed)]


def _line(name: str, quantity: float, fact) -> dict:
	pieces = whole_units(quantity, fact.buying_size)
	return {
		"ingredient": name,
		"quantity": flt(quantity, 1),
		"unit": fact.recipe_unit,
		"buying_unit": fact.buying_unit,
		"pieces": pieces,
		"price": flt(pieces * flt(fact.price_per_buying_unit), 2),
	}


def whole_units(quantity: float, size: float | None) -> int:
	"""How many buying units hold the quantity; a thousandth too much does not buy one more. 0 where the size is not known."""
	if not size:
		return 0
	exact = quantity / size
	return floor(exact) if exact - floor(exact) < 1e-6 else ceil(exact)


def labels(order) -> list[dict]:
	"""One label for each dish of an order: name, allergens, diet, day, order."""
	return [
		{
			"dish": row.dish,
			"portions": row.portions,
			"allergens": row.allergens,
			"diets": [diet.capitalize() for diet in menu.DIETS if row.get(diet)],
			"order": order.name,
			"day": order.delivery_date,
		}
		for row in order.dishes
	]
