"""What the kitchen starts with: settings, ingredients and dishes, so that allergens are right from the first order."""

import frappe

from lsm_crm.services import allergens
from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing


def seed() -> None:
	"""Save the settings once, and insert ingredients and dishes that are missing."""
	settings = frappe.get_doc("Catering Settings")
	if not settings.invoice_prefix:
		settings.update({f.fieldname: f.default for f in settings.meta.fields if f.default})
		settings.save(ignore_permissions=True)
	content = read("kitchen")
	for item in content["ingredients"]:
		_insert_ingredient(item)
	for dish in content["dishes"]:
		_insert_dish(dish)


def _insert_ingredient(item: dict) -> None:
	held = allergens.from_text(item.get("allergens"))
	insert_missing(
		"Ingredient",
		item["en"],
		ingredient_name=item["en"],
		dutch_name=item["nl"],
		allergens=[{"allergen": a, "sub_type": s} for a, s in sorted(held, key=str)],
		vegan=int("vegan" in item["is"]),
		vegetarian=int("vegan" in item["is"] or "vegetarian" in item["is"]),
		halal=int("halal" in item["is"]),
		recipe_unit=item["unit"],
		buying_unit=item["buy"],
		buying_size=item["size"],
		price_per_buying_unit=item["price"],
	)


def _insert_dish(dish: dict) -> None:
	insert_missing(
		"Dish",
		dish["en"],
		dish_name=dish["en"],
		dutch_name=dish["nl"],
		course=dish["course"],
		portions=10,
		price_per_portion=dish["price"],
		description=dish.get("about"),
		ingredients=[{"ingredient": name, "quantity": quantity} for name, quantity in dish["recipe"].items()],
	)
