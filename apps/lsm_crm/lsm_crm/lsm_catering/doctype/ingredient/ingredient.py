from frappe.model.document import Document


class Ingredient(Document):
	pass
