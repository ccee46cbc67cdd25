from frappe.model.document import Document


class FundingCost(Document):
	pass
