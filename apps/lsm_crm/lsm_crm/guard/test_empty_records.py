"""A record sent without anything in it, or with fields of blanks, is refused in words and never ends in an error of the program."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm import permission_table

TYPED = ("Data", "Small Text", "Text", "Long Text")


class TestEmptyRecords(FrappeTestCase):
	def failures(self, values_of) -> list[str]:
		found = []
		for doctype in permission_table.load():
			meta = frappe.get_meta(doctype)
			if meta.issingle or meta.istable or meta.is_virtual:
				continue
			frappe.db.savepoint("empty")
			try:
				frappe.get_doc({"doctype": doctype, **values_of(meta)}).insert(ignore_permissions=True)
			except Exception as error:
				if getattr(error, "http_status_code", 500) >= 500:
					found.append(f"{doctype}: {error!r}")
			frappe.db.rollback(save_point="empty")
		return found

	def test_nothing_in_it(self):
		self.assertEqual(self.failures(lambda meta: {}), [])

	def test_only_blanks(self):
		self.assertEqual(
			self.failures(lambda meta: {df.fieldname: " " for df in meta.fields if df.fieldtype in TYPED}), []
		)

	def test_a_named_room_is_kept_and_one_without_a_name_is_not(self):
		room = frappe.get_doc({"doctype": "Venue Room", "room_name": "Zaal", "venue": "x"})
		room.run_method("validate")
		for name in (None, "", " "):
			room.room_name = name
			self.assertRaises(frappe.ValidationError, room.run_method, "validate")
