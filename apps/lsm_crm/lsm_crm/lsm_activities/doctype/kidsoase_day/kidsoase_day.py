from frappe.model.document import Document


class KidsoaseDay(Document):
	pass
