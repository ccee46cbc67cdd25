from frappe.model.document import Document


class DishIngredient(Document):
	pass
