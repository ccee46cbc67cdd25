from frappe.model.document import Document


class AreaRow(Document):
	pass
