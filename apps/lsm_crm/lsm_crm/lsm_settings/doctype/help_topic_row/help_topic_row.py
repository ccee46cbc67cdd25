from frappe.model.document import Document


class HelpTopicRow(Document):
	pass
