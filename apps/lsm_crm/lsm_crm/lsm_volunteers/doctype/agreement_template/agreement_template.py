from frappe.model.document import Document


class AgreementTemplate(Document):
	pass
