import frappe
from frappe import _

from lsm_crm.services import menu
from lsm_crm.services.terms import Term


class Dish(Term):
	def validate(self):
		self.check_recipe()
		menu.work_out_dish(self)

	def on_update(self):
		super().on_update()
		if not self.flags.in_insert:
			menu.dishes_changed([self.name])

	def check_recipe(self) -> None:
		if not self.ingredients:
			frappe.throw(_("A dish needs at least one ingredient: its allergens come from them."))
		if not self.portions or self.portions < 1:
			frappe.throw(_("Say how many portions the quantities make."), title=_("Portions"))
		for row in self.ingredients:
			if not row.quantity or row.quantity <= 0:
				frappe.throw(_("Row {0}: how much {1} goes in?").format(row.idx, row.ingredient))
