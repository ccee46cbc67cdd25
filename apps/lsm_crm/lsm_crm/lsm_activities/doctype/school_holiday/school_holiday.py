from frappe.model.document import Document


class SchoolHoliday(Document):
	pass
