from frappe.model.document import Document


class EventLanguage(Document):
	pass
