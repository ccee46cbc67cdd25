from frappe.model.document import Document


class TutoringGroupPupil(Document):
	pass
