from frappe.model.document import Document


class LessonAttendance(Document):
	pass
