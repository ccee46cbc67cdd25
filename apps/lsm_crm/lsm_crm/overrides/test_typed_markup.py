"""Markup that the framework would leave in a text is stored as text, whatever door it comes in by."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.tests.factories import make_client

LEFT_BY_THE_FRAMEWORK = (
	'"<img src=x onerror=alert(1)>"',
	"<img src=x onerror=alert(1) ",
	"<svg/onload=alert(1)//",
)


class TestTypedMarkup(FrappeTestCase):
	def stored(self, text: str) -> str:
		return frappe.db.get_value("Client", make_client(first_name=text).name, "first_name")

	def test_a_tag_is_text(self):
		for text in LEFT_BY_THE_FRAMEWORK:
			with self.subTest(text=text):
				self.assertNotIn("<", self.stored(text))

	def test_signs_that_are_no_tag_stay(self):
		for text in ('"Jan"', "a < b", "O'Neil", "<3"):
			with self.subTest(text=text):
				self.assertEqual(self.stored(text), text)

	def test_rows_are_escaped_too(self):
		from lsm_crm.overrides.documents import escape_markup

		doc = frappe.new_doc("User")
		doc.append("user_emails", {"email_account": '"<img src=x>"'})
		row = doc.append("social_logins", {"userid": '"<img src=x>"'})
		escape_markup(doc)
		self.assertNotIn("<img", row.userid)

	def test_what_came_in_past_a_save_is_printed_as_text(self):
		client = make_client()
		for text in LEFT_BY_THE_FRAMEWORK:
			client.db_set("last_name", text)
			printed = frappe.get_print("Client", client.name, doc=frappe.get_doc("Client", client.name))
			with self.subTest(text=text):
				self.assertIn("&lt;", printed)
				self.assertNotIn(text, printed)
				self.assertEqual(frappe.db.get_value("Client", client.name, "last_name"), text)
