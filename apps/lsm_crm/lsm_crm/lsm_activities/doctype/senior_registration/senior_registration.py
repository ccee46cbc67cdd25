from frappe.model.document import Document


class SeniorRegistration(Document):
	pass
