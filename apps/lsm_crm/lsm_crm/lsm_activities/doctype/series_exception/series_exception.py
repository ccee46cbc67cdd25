from frappe.model.document import Document


class SeriesException(Document):
	pass
