from frappe.model.document import Document


class LegalHold(Document):
	"""While it is active, nothing of this person is erased: a dispute, an inspection, a claim."""
