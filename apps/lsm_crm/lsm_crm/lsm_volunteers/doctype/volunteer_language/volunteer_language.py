from frappe.model.document import Document


class VolunteerLanguage(Document):
	pass
