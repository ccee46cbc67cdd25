from frappe.model.document import Document


class ServiceTypeRow(Document):
	pass
