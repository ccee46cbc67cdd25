from frappe.model.document import Document


class PartnerArea(Document):
	pass
