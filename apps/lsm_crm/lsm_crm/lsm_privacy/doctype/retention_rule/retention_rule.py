import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services import personal_data, retention


class RetentionRule(Document):
	"""How long a kind of record is kept, and what happens then."""

	def validate(self):
		meta = frappe.get_meta(self.document_type)
		field = meta.get_field(self.date_field)
		if self.date_field not in ("creation", "modified") and (
			not field or field.fieldtype not in ("Date", "Datetime")
		):
			frappe.throw(_("{0} is not a date field of {1}.").format(self.date_field, _(self.document_type)))
		if self.action == "Erase Person" and self.document_type not in personal_data.SUBJECTS:
			frappe.throw(_("Only a person can be erased as a person: {0}.").format(", ".join(personal_data.SUBJECTS)))
		if self.months < 1:
			frappe.throw(_("Give a term of at least one month."))

	@frappe.whitelist(methods=["POST"])
	def dry_run(self) -> dict:
		"""What the next run would handle: {number, first: names}. Changes nothing."""
		self.check_permission("write")
		names = retention.due(self)
		return {"number": len(names), "first": names[:50]}
