from frappe.model.document import Document


class CaseLetter(Document):
	pass
