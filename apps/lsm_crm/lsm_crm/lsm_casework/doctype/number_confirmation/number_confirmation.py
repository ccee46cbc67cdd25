from frappe.model.document import Document


class NumberConfirmation(Document):
	pass
