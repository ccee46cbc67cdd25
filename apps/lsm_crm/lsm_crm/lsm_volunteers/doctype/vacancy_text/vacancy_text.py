from frappe.model.document import Document


class VacancyText(Document):
	pass
