from frappe.model.document import Document


class CaseDocument(Document):
	pass
