from frappe.model.document import Document


class Pupil(Document):
	pass
