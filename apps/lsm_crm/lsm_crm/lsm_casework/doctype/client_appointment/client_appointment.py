from frappe.model.document import Document


class ClientAppointment(Document):
	pass
