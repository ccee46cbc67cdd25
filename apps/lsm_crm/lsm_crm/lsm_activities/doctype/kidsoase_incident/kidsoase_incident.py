from frappe.model.document import Document


class KidsoaseIncident(Document):
	pass
