from frappe.model.document import Document


class CateringInvoiceLine(Document):
	pass
