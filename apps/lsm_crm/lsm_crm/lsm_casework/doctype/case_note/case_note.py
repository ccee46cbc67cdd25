from frappe.model.document import Document


class CaseNote(Document):
	pass
