from frappe.model.document import Document


class DeliveryRound(Document):
	pass
