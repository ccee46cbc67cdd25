import frappe
from frappe import _

from lsm_crm.services import allergens, menu
from lsm_crm.services.terms import Term


class Ingredient(Term):
	def validate(self):
		self.check_allergens()
		self.check_vegan()

	def on_update(self):
		super().on_update()
		if not self.flags.in_insert:
			menu.ingredient_changed(self.name)

	def check_allergens(self) -> None:
		seen = set()
		for row in self.allergens:
			if row.sub_type and row.sub_type not in allergens.SUB_TYPES.get(row.allergen, ()):
				frappe.throw(
					_("Row {0}: {1} is no kind of {2}.").format(row.idx, _(row.sub_type), _(row.allergen)),
					title=_("Allergens"),
				)
			if (row.allergen, row.sub_type) in seen:
				frappe.throw(_("Row {0}: {1} stands there twice.").format(row.idx, _(row.allergen)))
			seen.add((row.allergen, row.sub_type))

	def check_vegan(self) -> None:
		held = {row.allergen for row in self.allergens}
		if self.vegan:
			self.vegetarian = 1
		if self.vegan and (animal := held & allergens.ANIMAL):
			self._refuse(_("Vegan"), animal)
		if self.vegetarian and (flesh := held & allergens.FLESH):
			self._refuse(_("Vegetarian"), flesh)

	def _refuse(self, diet: str, found: set[str]) -> None:
		frappe.throw(
			_("{0} cannot be {1}: it contains {2}.").format(
				self.ingredient_name, diet.lower(), ", ".join(_(name) for name in sorted(found))
			),
			title=diet,
		)
