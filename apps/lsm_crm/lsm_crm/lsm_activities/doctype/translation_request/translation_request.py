from frappe.model.document import Document


class TranslationRequest(Document):
	pass
