from frappe.model.document import Document


class CaseStep(Document):
	pass
