from frappe.model.document import Document


class SeniorSession(Document):
	pass
