"""An error of a controller that is about one field, so that a public form can show it beside that field."""

import frappe


class FieldError(frappe.ValidationError):
	"""`FieldError("phone", _("…"))`: in the desk the sentence, on a public form the sentence beside the field."""

	def __init__(self, fieldname: str, message: str):
		super().__init__(message)
		self.fieldname = fieldname
		frappe.local.message_log.append(frappe.as_json({"message": message, "title": frappe._("Please check")}))
