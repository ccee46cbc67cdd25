from frappe.model.document import Document


class CateringOrder(Document):
	pass
