from frappe.model.document import Document


class EventFeedback(Document):
	pass
