from frappe.model.document import Document


class Lesson(Document):
	pass
