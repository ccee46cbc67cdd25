from frappe.model.document import Document


class StaffAbsence(Document):
	pass
