from frappe.model.document import Document


class CateringOrderClient(Document):
	pass
