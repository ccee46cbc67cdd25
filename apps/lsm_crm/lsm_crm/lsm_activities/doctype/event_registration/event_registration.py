from frappe.model.document import Document


class EventRegistration(Document):
	pass
