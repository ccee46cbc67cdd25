from frappe.model.document import Document


class PupilSubject(Document):
	pass
