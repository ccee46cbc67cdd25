from unittest.mock import Mock, patch

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.public_forms import definition, kept


def found(route: str):
	"""The form as the next request gets it."""
	frappe.local.lsm_forms = {}
	return definition.find(route)


class TestKeptForms(FrappeTestCase):
	def test_made_once_until_something_changes(self):
		first = found("volunteer")
		self.assertIs(found("volunteer"), first)
		name = f"Wijk {frappe.generate_hash(length=6)}"
		area = frappe.get_doc({"doctype": "Area", "area_name": name, "dutch_name": name})
		area.insert(ignore_permissions=True)
		frappe.db.commit()
		try:
			self.assertIn(area.name, str(found("volunteer")))
			self.assertNotIn(area.name, str(first))
		finally:
			frappe.delete_doc("Area", area.name, ignore_permissions=True, force=True)
			frappe.db.commit()
		self.assertNotIn(area.name, str(found("volunteer")))

	def test_a_change_that_is_not_committed_changes_nothing(self):
		first = found("volunteer")
		kept.forget(Mock(doctype="Area"))
		frappe.db.rollback()
		self.assertIs(found("volunteer"), first)
		kept.forget(Mock(doctype="Case"))  # no form is made from it
		frappe.db.commit()
		self.assertIs(found("volunteer"), first)

	def test_a_lost_cache_is_made_anew_and_dated_things_are_never_kept(self):
		first = found("volunteer")
		frappe.cache.delete_value(kept.VERSION)
		self.assertIsNot(found("volunteer"), first)
		make = Mock(side_effect=lambda: definition.read(frappe.get_doc("Web Form", {"route": "event"})))
		for _time in range(2):
			kept.get("event", make)
		self.assertEqual(make.call_count, 2)

	def test_one_request_reads_a_form_once(self):
		with patch.object(kept, "get", side_effect=kept.get) as get:
			frappe.local.lsm_forms = {}
			definition.find("volunteer")
			definition.find("volunteer")
		self.assertEqual(get.call_count, 1)
