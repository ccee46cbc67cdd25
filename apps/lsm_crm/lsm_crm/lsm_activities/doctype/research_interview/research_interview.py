from frappe.model.document import Document


class ResearchInterview(Document):
	pass
