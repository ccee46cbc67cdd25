from frappe.model.document import Document


class OrderDish(Document):
	pass
