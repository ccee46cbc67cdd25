from frappe.model.document import Document


class KidsoaseVisit(Document):
	pass
