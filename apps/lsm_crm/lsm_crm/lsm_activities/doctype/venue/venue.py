from frappe.model.document import Document


class Venue(Document):
	pass
