import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from lsm_crm.services import integrations

LONGEST_DAYS = 366


class Integration(Document):
	"""A program elsewhere that reads here by token, for a year at most before somebody looks again."""

	def validate(self):
		self.check_valid_until()

	def on_update(self):
		integrations.follow(self)

	def check_valid_until(self):
		if self.has_value_changed("valid_until") and getdate(self.valid_until) > getdate(add_days(None, LONGEST_DAYS)):
			frappe.throw(_("An integration is valid for at most a year; after that somebody looks at it again."))
