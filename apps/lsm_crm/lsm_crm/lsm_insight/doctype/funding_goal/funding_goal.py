from frappe.model.document import Document


class FundingGoal(Document):
	pass
