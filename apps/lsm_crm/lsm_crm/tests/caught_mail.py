"""Mail to volunteers, kept instead of queued, for tests of what is written and to whom."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.services import volunteer_mail


class CaughtMailTestCase(FrappeTestCase):
	"""`self.sent` holds (address, subject, parts, volunteer) of each mail; everything is rolled back after a test."""

	def setUp(self):
		self.sent = []
		self.kept, volunteer_mail._queue = volunteer_mail._queue, self.keep

	def tearDown(self):
		volunteer_mail._queue = self.kept
		frappe.db.rollback()

	def keep(self, address, subject, parts, volunteer):
		self.sent.append((address, subject, parts, volunteer))
		return True

	def subjects_to(self, volunteer: str) -> list[str]:
		return [subject for _address, subject, _parts, to in self.sent if to == volunteer]
