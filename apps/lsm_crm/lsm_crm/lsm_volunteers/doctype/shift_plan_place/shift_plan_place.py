from frappe.model.document import Document


class ShiftPlanPlace(Document):
	pass
