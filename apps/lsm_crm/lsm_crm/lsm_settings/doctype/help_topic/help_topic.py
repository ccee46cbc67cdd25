from frappe.model.document import Document


class HelpTopic(Document):
	pass
