from frappe.model.document import Document


class RegisterImport(Document):
	pass
