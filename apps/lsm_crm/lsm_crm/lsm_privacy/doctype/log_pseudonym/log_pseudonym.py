from frappe.model.document import Document


class LogPseudonym(Document):
	"""Whose pseudonym in the access log is whose. No role reads it; erasing a person removes the row."""
