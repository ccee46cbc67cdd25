from frappe.model.document import Document


class HelpRequest(Document):
	pass
