from frappe.model.document import Document


class CaseTypeStep(Document):
	pass
