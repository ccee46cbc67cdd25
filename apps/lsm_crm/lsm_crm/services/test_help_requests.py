import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.api import people, walk_in
from lsm_crm.constants import FRONT_OFFICE
from lsm_crm.tests.factories import acting_as, make_client, make_partner, make_user

VALUES = {"topics": ["Debt help"], "language": "ar", "services": ["Advice"], "mode": "Short or one-time", "minutes": 10}


class TestWalkIn(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.front = make_user(FRONT_OFFICE, email="front.one@example.org")

	def run_as_front(self, function, *args, **values):
		with acting_as(self.front):
			return function(*args, **values)

	def register(self, **values):
		return self.run_as_front(walk_in.register, {**VALUES, **values}, frappe.generate_hash(length=10))["name"]

	def test_saved_and_answered_in_one_go(self):
		request = frappe.get_doc("Help Request", self.register())
		self.assertEqual(
			(request.workflow_state, request.main_topic, request.language, request.volunteer),
			("Answered", "Debt help", "ar", self.front.name),
		)

	def test_somebody_to_be_called_back_stays_open(self):
		name = self.register(wants_follow_up=1, contact_phone="0612345678")
		self.assertEqual(frappe.db.get_value("Help Request", name, "workflow_state"), "Open")

	def test_no_language_is_not_dutch(self):
		self.assertIsNone(frappe.db.get_value("Help Request", self.register(language=""), "language"))

	def test_sent_twice_is_stored_once(self):
		token = frappe.generate_hash(length=10)
		first = self.run_as_front(walk_in.register, VALUES, token)
		self.assertEqual(self.run_as_front(walk_in.register, VALUES, token)["name"], first["name"])

	def test_what_the_page_may_not_set_is_ignored(self):
		name = self.register(workflow_state="Became Case", case="CASE-2021-00001", source="Register")
		self.assertEqual(frappe.db.get_value("Help Request", name, ["case", "source"]), (None, "Desk"))

	def test_a_request_becomes_a_case_once(self):
		name = self.register(services=[], note="She cannot pay the rent")
		made = self.run_as_front(
			walk_in.make_case, name, "Debt and collection", person={"first_name": "Hana", "preferred_language": "ar"}
		)
		again = self.run_as_front(walk_in.make_case, name, "Other", person={"first_name": "Hana"})
		self.assertEqual(made, again)
		request = frappe.get_doc("Help Request", name)
		self.assertEqual((request.workflow_state, request.case, request.note), ("Became Case", made["case"], None))
		note = frappe.get_last_doc("Case Note", {"case": made["case"]})
		self.assertEqual((note.text, note.author), ("She cannot pay the rent", self.front.name))
		self.assertFalse(self.run_as_front(frappe.has_permission, "Case", "read"))

	def test_an_answered_request_may_still_become_a_case(self):
		name = self.register()
		case = self.run_as_front(walk_in.make_case, name, "Other", client=make_client().name)["case"]
		self.assertEqual(frappe.db.get_value("Help Request", name, ["workflow_state", "case"]), ("Answered", case))

	def test_a_case_needs_a_person(self):
		with self.assertRaisesRegex(frappe.ValidationError, "Choose a client"):
			self.run_as_front(walk_in.make_case, self.register(), "Other")

	def test_a_referral_names_nobody(self):
		name = self.register(services=[])
		referral = self.run_as_front(walk_in.refer, name, make_partner().name)["referral"]
		self.assertEqual(
			frappe.db.get_value("Help Request", name, ["workflow_state", "referral"]), ("Referred", referral)
		)
		self.assertIsNone(frappe.db.get_value("Referral", referral, "client"))

	def test_the_kitchen_may_do_none_of_this(self):
		kitchen = make_user("LSM Kitchen")
		name = self.register(services=[])
		for function, args in (
			(walk_in.options, ()),
			(walk_in.register, (VALUES, "x")),
			(walk_in.make_case, (name, "Other")),
			(walk_in.refer, (name, make_partner().name)),
			(people.search, ("Hana",)),
			(people.likely_doubles, ("Hana",)),
			(people.merge, ("CL-00001", "CL-00002", "x")),
		):
			with self.assertRaises(frappe.PermissionError), acting_as(kitchen):
				function(*args)

	def test_only_the_coordinator_merges(self):
		with self.assertRaises(frappe.PermissionError):
			self.run_as_front(people.merge, make_client().name, make_client().name, "x")

	def test_dutch_labels_and_english_ones_are_both_found(self):
		frappe.local.lang = "nl"
		try:
			topics = self.run_as_front(walk_in.options)["topics"]
		finally:
			frappe.local.lang = "en"
		self.assertIn({"value": "Debt help", "label": "Schuldhulp", "also": "Debt help"}, topics)

	def test_queries_of_a_save_are_few_however_many_people_hold_the_role(self):
		for number in range(5):
			make_user(FRONT_OFFICE, email=f"front.more.{number}@example.org")
		self.register()  # what is cached is cached now
		# Both saves, the step and its comment, the number; the framework asks some things twice.
		with self.assertQueryCount(25):
			self.register()

	def test_no_list_of_who_may_take_the_next_step_is_kept(self):
		name = self.register(wants_follow_up=1, contact_phone="0612345678")
		self.assertFalse(frappe.db.exists("Workflow Action", {"reference_name": name}))
