from frappe.model.document import Document


class CaseType(Document):
	pass
