from frappe.model.document import Document


class ShiftPlanGap(Document):
	pass
