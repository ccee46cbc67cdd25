"""From ingredient to dish to order: allergens and diets are worked out here and nowhere typed."""

import frappe
from frappe import _
from frappe.utils import flt

from lsm_crm.services import allergens

DIETS = ("vegan", "vegetarian", "halal")
# Until the kitchen starts an order follows its dishes; afterwards it keeps what was cooked, and is only warned.
FOLLOWS = ("Requested", "Confirmed")
WARNED = ("Requested", "Confirmed", "In Kitchen", "Ready", "On the Way")


def held_by(rows) -> allergens.Held:
	"""What rows with `allergen` and `sub_type` hold."""
	return frozenset(allergens.pair(row.allergen, row.sub_type) for row in rows)


def work_out_dish(dish) -> None:
	"""Set allergens, diets and cost of a dish from its ingredients."""
	names = {row.ingredient for row in dish.ingredients}
	facts = {
		row.name: row
		for row in frappe.get_all(  # a computation, not a reader's view
			"Ingredient",
			filters={"name": ("in", list(names))},
			fields=["name", "price_per_buying_unit", "buying_size", *DIETS],
		)
	}
	dish.allergens = allergens.to_text(allergens.together(_held_by_ingredients(names).values()))
	for diet in DIETS:
		dish.set(diet, int(bool(names) and all(facts[name].get(diet) for name in names if name in facts)))
	cost = sum(
		flt(row.quantity) * flt(facts[row.ingredient].price_per_buying_unit) / facts[row.ingredient].buying_size
		for row in dish.ingredients
		if row.ingredient in facts and facts[row.ingredient].buying_size
	)
	dish.cost_per_portion = flt(cost / dish.portions, 2) if dish.portions else 0


def _held_by_ingredients(names: set[str]) -> dict[str, allergens.Held]:
	held: dict[str, set] = {}
	for row in frappe.get_all(
		"Ingredient Allergen",
		filters={"parent": ("in", list(names)), "parenttype": "Ingredient"},
		fields=["parent", "allergen", "sub_type"],
	):
		held.setdefault(row.parent, set()).add(allergens.pair(row.allergen, row.sub_type))
	return {name: frozenset(pairs) for name, pairs in held.items()}


def ingredient_changed(ingredient: str) -> None:
	"""Work out anew every dish with this ingredient, and the orders that follow them."""
	dishes = frappe.get_all(
		"Dish Ingredient", filters={"ingredient": ingredient, "parenttype": "Dish"}, pluck="parent", distinct=True
	)
	for name in dishes:
		dish = frappe.get_doc("Dish", name)
		work_out_dish(dish)
		dish.db_set(
			{field: dish.get(field) for field in ("allergens", "cost_per_portion", *DIETS)},
			update_modified=False,
			notify=False,
		)
	if dishes:
		dishes_changed(dishes)


def dishes_changed(dishes: list[str]) -> None:
	"""Carry what the dishes hold now to open orders, and mark orders that must not be served as they are."""
	row, order = frappe.qb.DocType("Order Dish"), frappe.qb.DocType("Catering Order")
	open_orders = (
		frappe.qb.from_(row)
		.join(order)
		.on(row.parent == order.name)
		.select(order.name, order.workflow_state)
		.distinct()
		.where(row.dish.isin(dishes) & (row.parenttype == "Catering Order") & order.workflow_state.isin(WARNED))
	).run(as_dict=True)
	following = [o.name for o in open_orders if o.workflow_state in FOLLOWS]
	facts = _facts(dishes)
	if following:
		for name, values in facts.items():
			query = frappe.qb.update(row).where((row.dish == name) & row.parent.isin(following))
			for field, value in values.items():
				query = query.set(row[field], value)
			query.run()
	for found in open_orders:
		_mark(found.name, facts)


def _facts(dishes: list[str]) -> dict[str, dict]:
	rows = frappe.get_all("Dish", filters={"name": ("in", dishes)}, fields=["name", "allergens", *DIETS])
	return {row.pop("name"): dict(row) for row in rows}


def _mark(order: str, facts: dict[str, dict]) -> None:
	doc = frappe.get_doc("Catering Order", order)
	for row in doc.dishes:
		row.update(facts.get(row.dish, {}))  # in memory: what is served would hold this by today's knowledge
	problem = "\n".join(problems(doc))
	if problem != (doc.allergen_problem or ""):
		doc.db_set("allergen_problem", problem, update_modified=False)
		if problem:
			doc.add_comment("Info", problem)


def fill_rows(order) -> None:
	"""Set each dish row's allergens, diets and amount from the menu."""
	facts = _facts([row.dish for row in order.dishes if row.dish])
	prices = dict(
		frappe.get_all(
			"Dish", filters={"name": ("in", list(facts))}, fields=["name", "price_per_portion"], as_list=True
		)
	)
	for row in order.dishes:
		row.update(facts.get(row.dish, {}))
		if row.price_per_portion in (None, "") or (row.is_new() and not row.price_per_portion):
			row.price_per_portion = prices.get(row.dish)


def problems(order) -> list[str]:
	"""Sentences that say why the order cannot be served as it is; empty when it can."""
	found = []
	allergies = held_by(order.allergies)
	for row in order.dishes:
		clash = allergens.clashes(allergies, allergens.from_text(row.allergens))
		if clash:
			found.append(
				_("{0} contains {1}, and a guest of this order must not eat that. Choose another dish.").format(
					row.dish, _names(clash)
				)
			)
	return found + _diet_problems(order) + _project_problems(order)


def _project_problems(order) -> list[str]:
	"""What is cooked for an activity of a project whose food is all vegan."""
	project = order.event and frappe.db.get_value("LSM Event", order.event, "project")
	if not project or not frappe.db.get_value("LSM Project", project, "vegan_only"):
		return []
	return [
		_("{0} is not vegan, and all food of {1} is.").format(row.dish, project)
		for row in order.dishes
		if not row.vegan
	]


def _diet_problems(order) -> list[str]:
	found = []
	for diet in DIETS:
		guests = sum(row.guests or 0 for row in order.diets if row.diet.lower() == diet)
		portions = sum(row.portions or 0 for row in order.dishes if row.get(diet))
		if order.dishes and guests > portions:
			found.append(
				_("{0} guests eat {1}, but only {2} portions of the dishes are that.").format(
					guests, _(diet.capitalize()).lower(), portions
				)
			)
	return found


def _names(held: allergens.Held) -> str:
	return allergens_in_words(allergens.to_text(held))


def allergens_in_words(text: str | None) -> str:
	"""Stored allergens in the reader's language; also for templates of prints."""
	parts = []
	for word in filter(None, (text or "").split(", ")):
		name, _open, sub = word.partition(" (")
		parts.append(f"{_(name)} ({_(sub[:-1])})" if sub else _(name))
	return ", ".join(parts)
