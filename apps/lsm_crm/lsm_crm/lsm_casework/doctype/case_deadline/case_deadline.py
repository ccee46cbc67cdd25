import frappe
from frappe.model.document import Document
from frappe.utils import nowdate

from lsm_crm.services import case_deadlines
from lsm_crm.services.bsn import refuse_bsn
from lsm_crm.services.links import changed, require_read_on_links


class CaseDeadline(Document):
	def validate(self):
		require_read_on_links(self, "case")
		refuse_bsn(self, "title")
		self.count()
		self.fill_worker()
		self.mark_done()

	def on_update(self):
		case_deadlines.set_next_deadline(self.case)

	def after_delete(self):
		case_deadlines.set_next_deadline(self.case)

	def count(self):
		if not self.due_on or any(changed(self, name) for name in ("counted_from", "length", "unit")):
			self.due_on = case_deadlines.count_due_date(self) or self.due_on
		case_deadlines.refuse_without_date(self)
		if self.get_doc_before_save() and changed(self, "due_on"):
			self.reminded_on = self.deputy_told_on = self.coordinator_told_on = None

	def fill_worker(self):
		if self.is_new():
			self.worker = frappe.db.get_value("Case", self.case, "worker")

	def mark_done(self):
		if self.status == "Open":
			self.done_on = self.done_by = None
		elif not self.done_on:
			self.done_on, self.done_by = nowdate(), frappe.session.user
