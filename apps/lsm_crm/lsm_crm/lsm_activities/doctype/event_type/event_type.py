from frappe.model.document import Document


class EventType(Document):
	pass
