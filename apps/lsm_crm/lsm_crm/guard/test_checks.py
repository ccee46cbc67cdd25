"""A check for a function that the framework here does not have yet."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.guard import checks
from lsm_crm.guard.call import Call
from lsm_crm.guard.errors import NotAllowedError

STAFF = frozenset(("guest", "portal", "staff"))


class TestLinkAndFetch(FrappeTestCase):
	def setUp(self):
		self.call = Call("function", "frappe.client.validate_link_and_fetch")

	def test_a_link_of_an_open_kind_is_let_through_without_others_rights(self):
		form = frappe._dict(doctype="Language", docname="nl", ignore_user_permissions=1)
		checks.link_and_fetch(self.call, form, STAFF)
		self.assertNotIn("ignore_user_permissions", form)

	def test_what_is_refused(self):
		for form in (
			{"doctype": "Webhook", "docname": "x"},
			{"doctype": "Language", "docname": "nl", "query": "frappe.client.get_list"},
			{"doctype": "Language", "docname": "nl", "fields_to_fetch": '["name, (select 1)"]'},
		):
			with self.subTest(form=form), self.assertRaises(NotAllowedError):
				checks.link_and_fetch(self.call, frappe._dict(form), STAFF)
