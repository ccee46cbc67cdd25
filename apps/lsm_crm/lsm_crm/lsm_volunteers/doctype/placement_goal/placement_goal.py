from frappe.model.document import Document


class PlacementGoal(Document):
	pass
