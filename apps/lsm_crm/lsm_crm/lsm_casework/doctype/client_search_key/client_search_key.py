from frappe.model.document import Document


class ClientSearchKey(Document):
	pass
