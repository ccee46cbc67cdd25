from frappe.model.document import Document


class TutoringSubject(Document):
	pass
