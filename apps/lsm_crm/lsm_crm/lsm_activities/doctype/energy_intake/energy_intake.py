from frappe.model.document import Document


class EnergyIntake(Document):
	pass
