from frappe.model.document import Document


class FormUpload(Document):
	"""A file added to a public form that is not sent yet, encrypted with a key that only the visitor's page has."""
