from frappe.model.document import Document


class VolunteerRoleNeed(Document):
	pass
