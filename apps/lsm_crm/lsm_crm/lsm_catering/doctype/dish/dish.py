from frappe.model.document import Document


class Dish(Document):
	pass
