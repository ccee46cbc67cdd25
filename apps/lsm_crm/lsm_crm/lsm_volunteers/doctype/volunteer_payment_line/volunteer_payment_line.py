from frappe.model.document import Document


class VolunteerPaymentLine(Document):
	pass
