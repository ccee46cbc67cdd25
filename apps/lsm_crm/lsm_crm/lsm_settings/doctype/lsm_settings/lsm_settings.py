from frappe.model.document import Document


class LSMSettings(Document):
	pass
