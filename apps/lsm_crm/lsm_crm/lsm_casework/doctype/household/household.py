import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.services.links import require_read_on_links


class Household(Document):
	def validate(self):
		require_read_on_links(self, "head")
		self.check_members()
		self.set_size()

	def on_update(self):
		self.link_members()

	def check_members(self):
		"""The head is no member; nobody stands twice; a new member is a client one may read."""
		if self.count_only:
			self.members = []
			return
		before = self.get_doc_before_save()
		known = {row.client for row in before.members} if before else set()
		names = [row.client for row in self.members]
		if self.head in names or len(names) != len(set(names)):
			frappe.throw(_("The head and each member stand in the household once."), title=_("Household"))
		for name in set(names) - known:
			if not self.flags.ignore_permissions and not frappe.has_permission("Client", "read", name):
				frappe.throw(
					_("You cannot use {0} {1} here, because you have no access to it.").format(_("Client"), name),
					exc=frappe.PermissionError,
				)

	def set_size(self):
		living_here = [row for row in self.members if not row.until]
		self.size = 1 + len(living_here)
		if self.count_only:
			self.size = (self.adults or 0) + (self.children or 0)

	def link_members(self):
		client = frappe.qb.DocType("Client")
		names = [self.head, *(row.client for row in self.members if not row.until)]
		frappe.qb.update(client).set(client.household, None).where(
			(client.household == self.name) & client.name.notin(names)
		).run()
		frappe.qb.update(client).set(client.household, self.name).where(client.name.isin(names)).run()
		for name in names:
			frappe.clear_document_cache("Client", name)
