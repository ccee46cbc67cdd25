from frappe.model.document import Document


class VolunteerRoleChoice(Document):
	pass
