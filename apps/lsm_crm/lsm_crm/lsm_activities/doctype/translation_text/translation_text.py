from frappe.model.document import Document


class TranslationText(Document):
	pass
