from frappe.model.document import Document


class InterviewConsent(Document):
	pass
