from frappe.model.document import Document


class AgreementTemplateText(Document):
	pass
