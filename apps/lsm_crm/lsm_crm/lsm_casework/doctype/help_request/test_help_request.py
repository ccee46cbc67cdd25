import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, nowdate

from lsm_crm.constants import FRONT_OFFICE
from lsm_crm.exceptions import PossibleBsnError, TransitionError
from lsm_crm.tests.factories import act, acting_as, make_client, make_help_request, make_user


class TestHelpRequest(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.front = make_user(FRONT_OFFICE, email="front.one@example.org")
		cls.other = make_user(FRONT_OFFICE, email="front.two@example.org")

	def test_no_name_is_needed_and_defaults_are_filled_in(self):
		with acting_as(self.front):
			request = frappe.get_doc({"doctype": "Help Request", "topics": [{"topic": "Social"}]}).insert()
		self.assertEqual(
			(request.volunteer, str(request.request_date), request.main_topic, request.workflow_state),
			(self.front.name, nowdate(), "Social", "Open"),
		)

	def test_a_language_that_nobody_asked_for_stays_unknown(self):
		def filled_in():
			frappe.local.new_doc_templates = {}  # the framework keeps its defaults for the length of a request
			return frappe.new_doc("Help Request").language

		frappe.db.set_default("language", "en")
		self.assertEqual(filled_in(), "en", "the framework itself would fill it in")
		settings = frappe.get_single("System Settings")
		settings.language = "en" if settings.language == "nl" else "nl"
		settings.save()
		self.assertFalse(filled_in())

	def test_a_topic_is_needed(self):
		with self.assertRaisesRegex(frappe.ValidationError, "at least one topic"):
			make_help_request(topics=[])

	def test_the_date_is_not_in_the_future(self):
		with self.assertRaisesRegex(frappe.ValidationError, "future"):
			make_help_request(request_date=add_days(nowdate(), 1))

	def test_a_client_group_never_stands_beside_a_client(self):
		self.assertEqual(make_help_request(client_group="Refugee").client_group, "Refugee")
		self.assertIsNone(make_help_request(client_group="Refugee", client=make_client().name).client_group)

	def test_contact_data_only_for_who_wants_it(self):
		self.assertIsNone(make_help_request(contact_name="X", contact_phone="0612345678").contact_phone)
		request = make_help_request(wants_follow_up=1, contact_name="X", contact_phone="0612345678")
		self.assertEqual(request.contact_phone, "+31 6 12345678")
		with self.assertRaisesRegex(frappe.ValidationError, "a phone number or an e-mail"):
			make_help_request(wants_follow_up=1)

	def test_steps_say_what_is_missing(self):
		request = make_help_request()
		with acting_as(self.front):
			for action, words in (
				("Answer", "Say which service"),
				("Refer", "Choose the partner"),
				("Make Case", "Make the case with"),
			):
				with self.assertRaisesRegex(TransitionError, words):
					act(request, action)
			request = frappe.get_doc("Help Request", request.name)
			request.append("services", {"service_type": "Advice"})
			request.save()
			self.assertEqual(act(request, "Answer").workflow_state, "Answered")

	def test_a_note_is_cipher_text_in_the_database_and_holds_no_bsn(self):
		request = make_help_request(note="Needs insulin")
		stored = frappe.db.sql("select note from `tabHelp Request` where name = %s", request.name)[0][0]
		self.assertNotIn("insulin", stored)
		self.assertEqual(frappe.get_doc("Help Request", request.name).note, "Needs insulin")
		with self.assertRaises(PossibleBsnError):
			make_help_request(note="nummer 1234.56.782")

	def test_the_front_office_sees_open_and_own_requests_only(self):
		own = make_help_request(volunteer=self.front.name, services=[{"service_type": "Advice"}])
		theirs = make_help_request(volunteer=self.other.name, services=[{"service_type": "Advice"}])
		for request in (own, theirs):
			act(request, "Answer")
		still_open = make_help_request(volunteer=self.other.name)
		with acting_as(self.front):
			seen = set(frappe.get_list("Help Request", pluck="name", limit=0))
			self.assertTrue({own.name, still_open.name} <= seen)
			self.assertNotIn(theirs.name, seen)
			self.assertTrue(frappe.get_doc("Help Request", own.name).has_permission("read"))
			self.assertFalse(frappe.get_doc("Help Request", theirs.name).has_permission("read"))
