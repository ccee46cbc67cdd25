from frappe.model.document import Document


class OrderDiet(Document):
	pass
