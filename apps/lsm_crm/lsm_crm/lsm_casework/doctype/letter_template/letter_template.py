from frappe.model.document import Document


class LetterTemplate(Document):
	pass
