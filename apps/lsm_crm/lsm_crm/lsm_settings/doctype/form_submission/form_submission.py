from frappe.model.document import Document


class FormSubmission(Document):
	"""One sending of a public form: the number the sender was given, and the record that it became.

	Its name is the form's one-time token, so the database itself refuses to store one sending twice.
	"""
