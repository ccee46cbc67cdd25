from frappe.model.document import Document


class ShiftLanguageNeed(Document):
	pass
