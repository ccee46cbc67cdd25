from frappe.model.document import Document


class DeliveryStop(Document):
	pass
