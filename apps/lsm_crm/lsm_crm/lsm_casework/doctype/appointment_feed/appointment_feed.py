from frappe.model.document import Document


class AppointmentFeed(Document):
	pass
