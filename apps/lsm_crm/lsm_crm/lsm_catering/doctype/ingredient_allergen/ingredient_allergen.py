from frappe.model.document import Document


class IngredientAllergen(Document):
	pass
