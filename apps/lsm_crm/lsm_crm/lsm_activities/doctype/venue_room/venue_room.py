from frappe.model.document import Document


class VenueRoom(Document):
	pass
