"""Screening items: no file by any door, and only what ends is counted as running out."""

import json

import frappe
from frappe.desk.doctype.number_card.number_card import get_result
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, today

from lsm_crm.constants import VOLUNTEER_COORDINATOR
from lsm_crm.tests import factories

CARD = "Screening that runs out within 60 days"


class TestScreeningItem(FrappeTestCase):
	def setUp(self):
		self.person = factories.make_volunteer()
		self.user = factories.make_user(VOLUNTEER_COORDINATOR, email="vc-item@example.org").name

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def file(self, **values):
		content = {"file_name": "passport.txt", "content": b"copy", "is_private": 1}
		return frappe.get_doc({"doctype": "File", **content, **values}).insert(ignore_permissions=True)

	def test_no_copy_is_attached(self):
		item = factories.make_screening(self.person.name, "VOG")
		with factories.acting_as(self.user):
			with self.assertRaisesRegex(frappe.ValidationError, "No copies"):
				self.file(attached_to_doctype="Screening Item", attached_to_name=item.name)
			loose = self.file()
			loose.update({"attached_to_doctype": "Screening Item", "attached_to_name": item.name})
			with self.assertRaises((frappe.ValidationError, frappe.PermissionError)):
				loose.save()
		self.assertFalse(frappe.get_all("File", {"attached_to_doctype": "Screening Item"}))

	def test_a_paper_of_the_volunteer_may_be_attached_elsewhere(self):
		agreement = factories.make("Volunteer Agreement", volunteer=self.person.name, template="Volunteer agreement")
		with factories.acting_as(self.user):
			file = self.file(attached_to_doctype="Volunteer Agreement", attached_to_name=agreement.name)
		self.assertTrue(file.is_private)

	def test_what_has_no_end_does_not_run_out(self):
		def counted():
			filters = json.loads(card.filters_json)
			return get_result(
				card.as_dict(), filters + [["Screening Item", "valid_until", "<=", add_days(today(), 60)]]
			)

		card = frappe.get_doc("Number Card", CARD)
		before = counted()
		factories.make_screening(self.person.name, "Agreement", valid_until=None)
		self.assertEqual(counted(), before)
		factories.make_screening(self.person.name, "References", valid_until=add_days(today(), 59))
		self.assertEqual(counted(), before + 1)
