from frappe.model.document import Document


class VolunteerAvailability(Document):
	pass
