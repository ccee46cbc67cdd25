from frappe.model.document import Document


class KitchenDay(Document):
	pass
