from frappe.model.document import Document


class CateringInvoice(Document):
	pass
