from frappe.model.document import Document


class ActivitySeries(Document):
	pass
