from frappe.model.document import Document


class PartnerTopic(Document):
	pass
