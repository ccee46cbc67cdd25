"""What was gathered for a data request: read by who answers it, not by who handed it in or sees that it is there."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm import constants
from lsm_crm.tests.factories import acting_as, make, make_case, make_client, make_user


class TestFilesOfDataRequests(FrappeTestCase):
	def setUp(self):
		client = make_client()
		self.request = make(
			"Data Request",
			subject_type="Client",
			subject=client.name,
			request_type="Access",
			received_on=frappe.utils.today(),
		)
		self.file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "all.json",
				"attached_to_doctype": "Data Request",
				"attached_to_name": self.request.name,
				"is_private": 1,
				"content": "{}",
			}
		).insert(ignore_permissions=True)

	def may_read(self, role: str) -> bool:
		user = make_user(role)
		with acting_as(user):
			return bool(frappe.has_permission("File", "read", self.file.name))

	def test_the_privacy_officer_reads_it(self):
		self.assertTrue(self.may_read(constants.PRIVACY_OFFICER))

	def test_a_coordinator_sees_the_request_and_not_the_file(self):
		with acting_as(make_user(constants.COORDINATOR)):
			self.assertTrue(frappe.has_permission("Data Request", "read", self.request.name))
		self.assertFalse(self.may_read(constants.COORDINATOR))

	def test_front_office_reads_neither(self):
		with acting_as(make_user(constants.FRONT_OFFICE)):
			self.assertTrue(frappe.has_permission("Data Request", "create"))
			self.assertFalse(frappe.has_permission("Data Request", "read", self.request.name))
		self.assertFalse(self.may_read(constants.FRONT_OFFICE))

	def test_files_of_other_records_follow_their_record(self):
		case = make_case()
		self.file.db_set({"attached_to_doctype": "Case", "attached_to_name": case.name})
		self.assertTrue(self.may_read(constants.COORDINATOR))
		self.assertFalse(self.may_read(constants.FRONT_OFFICE))
