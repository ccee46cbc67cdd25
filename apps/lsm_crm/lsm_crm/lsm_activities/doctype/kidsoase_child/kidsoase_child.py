from frappe.model.document import Document


class KidsoaseChild(Document):
	pass
