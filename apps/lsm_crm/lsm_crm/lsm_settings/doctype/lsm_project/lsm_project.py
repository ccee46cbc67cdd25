from frappe.model.document import Document


class LSMProject(Document):
	pass
