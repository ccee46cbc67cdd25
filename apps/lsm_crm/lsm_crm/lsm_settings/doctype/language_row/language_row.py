from frappe.model.document import Document


class LanguageRow(Document):
	pass
