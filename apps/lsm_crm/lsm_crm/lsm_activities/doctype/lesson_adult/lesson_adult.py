from frappe.model.document import Document


class LessonAdult(Document):
	pass
