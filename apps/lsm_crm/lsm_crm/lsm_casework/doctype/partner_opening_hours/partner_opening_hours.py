from frappe.model.document import Document


class PartnerOpeningHours(Document):
	pass
