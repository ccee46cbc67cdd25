from frappe.model.document import Document


class ClientConfidential(Document):
	pass
