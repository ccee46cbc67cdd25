from frappe.model.document import Document


class EventTeamMember(Document):
	pass
