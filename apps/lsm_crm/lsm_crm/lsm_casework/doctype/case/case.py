from frappe.model.document import Document


class Case(Document):
	pass
