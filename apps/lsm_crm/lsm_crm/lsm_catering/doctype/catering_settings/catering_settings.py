from frappe.model.document import Document


class CateringSettings(Document):
	pass
