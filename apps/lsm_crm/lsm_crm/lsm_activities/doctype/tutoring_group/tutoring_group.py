from frappe.model.document import Document


class TutoringGroup(Document):
	pass
