from frappe.model.document import Document


class VolunteerArea(Document):
	pass
