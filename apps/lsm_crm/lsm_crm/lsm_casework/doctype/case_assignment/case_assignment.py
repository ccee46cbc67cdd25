from frappe.model.document import Document


class CaseAssignment(Document):
	pass
