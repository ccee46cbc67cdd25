from frappe.model.document import Document


class SampleRecord(Document):
	pass
