from frappe.model.document import Document


class ClientGroup(Document):
	pass
