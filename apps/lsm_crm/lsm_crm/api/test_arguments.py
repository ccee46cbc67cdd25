"""What programs and scripts send as text: read, or refused with a sentence."""

from datetime import datetime

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.api.arguments import as_dict, as_list, as_moment
from lsm_crm.services.editing import is_version

NO_MOMENT = ("", "x", "2026-13-45", "9999-12-31 25:61:61", "0000-00-00", "1e309")


class TestArguments(FrappeTestCase):
	def test_read(self):
		self.assertEqual(as_list('["a"]'), ["a"])
		self.assertEqual(as_dict('{"a": 1}'), {"a": 1})
		self.assertEqual(as_moment("2026-11-22"), datetime(2026, 11, 22))
		self.assertEqual(as_moment("2026-11-22 10:30:00"), datetime(2026, 11, 22, 10, 30))

	def test_refused(self):
		for read, texts in ((as_list, ("{}", "[[", "x")), (as_dict, ("[]", "null", "")), (as_moment, NO_MOMENT)):
			for text in texts:
				with self.subTest(read=read.__name__, text=text), self.assertRaises(frappe.ValidationError):
					read(text)

	def test_a_version_is_the_stored_moment(self):
		stored = datetime(2026, 11, 22, 10, 30, 0, 123456)
		self.assertTrue(is_version("2026-11-22 10:30:00.123456", stored))
		self.assertTrue(is_version(str(stored), str(stored)))
		for given in (*NO_MOMENT, None, True, 1, ["2026-11-22 10:30:00.123456"], "2026-11-22 10:30:00.123457"):
			with self.subTest(given=given):
				self.assertFalse(is_version(given, stored))
