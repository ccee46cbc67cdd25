from frappe.model.document import Document


class SeniorAttendance(Document):
	pass
