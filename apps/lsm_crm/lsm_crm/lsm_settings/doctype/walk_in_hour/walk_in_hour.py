from frappe.model.document import Document


class WalkinHour(Document):
	pass
