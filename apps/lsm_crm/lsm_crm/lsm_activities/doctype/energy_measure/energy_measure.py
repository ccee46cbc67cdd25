from frappe.model.document import Document


class EnergyMeasure(Document):
	pass
