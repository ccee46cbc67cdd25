from frappe.model.document import Document


class ShiftPlan(Document):
	pass
