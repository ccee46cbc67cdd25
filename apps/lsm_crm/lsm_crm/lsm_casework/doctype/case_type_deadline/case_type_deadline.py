from frappe.model.document import Document


class CaseTypeDeadline(Document):
	pass
