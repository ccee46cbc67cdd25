import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services.links import changed
from lsm_crm.services.register_import import running


class RegisterImport(Document):
	def validate(self):
		if self.status == "Imported" and self.get_doc_before_save():
			frappe.throw(_("This file was taken over already. Make a new import for another file."))
		if changed(self, "file") or changed(self, "default_volunteer") or changed(self, "default_channel"):
			self.status = "New"

	@frappe.whitelist(methods=["POST"])
	def check_file(self) -> dict:
		"""Try the file and list what is not right."""
		self.check_permission("write")
		return running.check(self)

	@frappe.whitelist(methods=["POST"])
	def take_over(self) -> dict:
		"""Take the whole file over."""
		self.check_permission("write")
		return running.start(self)
