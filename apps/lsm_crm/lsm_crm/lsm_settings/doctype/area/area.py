from frappe.model.document import Document


class Area(Document):
	pass
