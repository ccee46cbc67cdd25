from unittest.mock import patch

import frappe
from frappe.contacts.doctype.contact.contact import Contact
from frappe.core.doctype.user.user import User
from frappe.tests.utils import FrappeTestCase

JOB = "frappe.core.doctype.user.user.update_gravatar"
ASKED = "frappe.contacts.doctype.contact.contact.has_gravatar"


def jobs(doc, method) -> list[str]:
	with patch("frappe.core.doctype.user.user.frappe.enqueue") as enqueue:
		method(doc)
	return [call.args[0] for call in enqueue.call_args_list]


class TestPortraits(FrappeTestCase):
	def account(self):
		return frappe.get_doc("User", {"name": ("not in", ("Administrator", "Guest")), "user_image": ("is", "not set")})

	def test_no_job_asks_for_the_portrait_of_an_account(self):
		account = self.account()
		self.assertIn(JOB, jobs(account, User.on_update), "the framework itself would ask")
		self.assertNotIn(JOB, jobs(account, type(account).on_update))
		self.assertFalse(account.user_image)

	def test_nobody_is_asked_for_the_portrait_of_an_address_card(self):
		card = frappe.get_doc(
			{"doctype": "Contact", "first_name": "Saba", "email_ids": [{"email_id": "s@example.org", "is_primary": 1}]}
		)
		with patch(ASKED, return_value="") as asked:
			Contact.validate(card)
			self.assertTrue(asked.called, "the framework itself would ask")
			asked.reset_mock()
			card.run_method("validate")
		self.assertFalse(asked.called)
		self.assertFalse(card.image)

	def test_a_picture_of_ones_own_stays(self):
		account = self.account()
		account.user_image = "/files/saba.png"
		jobs(account, type(account).on_update)
		self.assertEqual(account.user_image, "/files/saba.png")
