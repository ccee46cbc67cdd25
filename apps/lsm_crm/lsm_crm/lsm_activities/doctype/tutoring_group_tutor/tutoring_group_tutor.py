from frappe.model.document import Document


class TutoringGroupTutor(Document):
	pass
