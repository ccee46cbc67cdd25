from frappe.model.document import Document


class KnownAdult(Document):
	pass
