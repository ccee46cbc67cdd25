from frappe.model.document import Document


class PartnerLanguage(Document):
	pass
