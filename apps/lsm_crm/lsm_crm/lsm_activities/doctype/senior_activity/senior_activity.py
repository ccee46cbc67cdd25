from frappe.model.document import Document


class SeniorActivity(Document):
	pass
