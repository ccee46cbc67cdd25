import frappe
from frappe import _
from frappe.query_builder.functions import Sum

from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.encryption import EncryptedDocument
from lsm_crm.services.links import require_read_on_links


class CaseNote(EncryptedDocument):
	ENCRYPTED_FIELDS = ("text",)

	def before_insert(self):
		self.author = frappe.session.user

	def validate(self):
		require_read_on_links(self, "case")
		refuse_bsn(self, "text")
		self.keep_to_the_author()

	def on_update(self):
		self.add_up_minutes()

	def after_delete(self):
		self.add_up_minutes()

	def keep_to_the_author(self):
		"""What somebody wrote is changed by that person only."""
		before = self.get_doc_before_save()
		if before and before.text != self.text and before.author != frappe.session.user:
			frappe.throw(
				_("This note was written by {0}. Add a note of your own.").format(before.author),
				exc=frappe.PermissionError,
			)
		if before:
			self.author = before.author

	def add_up_minutes(self):
		table = frappe.qb.DocType("Case Note")
		total = frappe.qb.from_(table).select(Sum(table.minutes)).where(table["case"] == self.case).run()[0][0]
		frappe.db.set_value("Case", self.case, "minutes_spent", total or 0, update_modified=False)
