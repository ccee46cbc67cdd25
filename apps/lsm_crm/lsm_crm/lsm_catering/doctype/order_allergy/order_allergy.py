from frappe.model.document import Document


class OrderAllergy(Document):
	pass
