from frappe.model.document import Document


class LSMEvent(Document):
	pass
