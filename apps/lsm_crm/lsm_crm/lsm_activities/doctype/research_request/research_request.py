from frappe.model.document import Document


class ResearchRequest(Document):
	pass
