from frappe.model.document import Document


class ClientLanguage(Document):
	pass
