import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_years, nowdate

from lsm_crm.constants import CASE_WORKER, FRONT_OFFICE
from lsm_crm.exceptions import PossibleBsnError
from lsm_crm.services import bsn
from lsm_crm.tests.factories import acting_as, make, make_case, make_client, make_user


class TestClient(FrappeTestCase):
	def test_name_phone_and_postcode_get_one_form(self):
		client = make_client(infix="van der", phone="06-12345678", postcode="2312ab")
		self.assertEqual(client.full_name, "Amina van der Voorbeeld")
		self.assertEqual((client.phone, client.postcode), ("+31 6 12345678", "2312 AB"))

	def test_impossible_phone_and_postcode_are_refused_by_name(self):
		with self.assertRaisesRegex(frappe.ValidationError, "Phone: .12. is no phone number"):
			make_client(phone="12")
		for postcode in ("0123 AB", "2312 SS", "2312", "23121 AB"):
			with self.assertRaisesRegex(frappe.ValidationError, "is no postcode"):
				make_client(postcode=postcode)

	def test_without_a_fixed_address_nothing_of_one_stays(self):
		client = make_client(no_fixed_address=1, street="Breestraat", postcode="2311 CJ")
		self.assertEqual((client.street, client.postcode, client.no_letters_home), (None, None, 1))

	def test_under_sixteen_needs_a_guardian(self):
		child = {"date_of_birth": add_years(nowdate(), -15)}
		with self.assertRaisesRegex(frappe.ValidationError, "under 16"):
			make_client(**child)
		self.assertTrue(make_client(**child, guardian=make_client().name).name)
		self.assertTrue(make_client(**child, guardian_name="Hana", guardian_phone="0612345678").name)
		self.assertTrue(make_client(date_of_birth=add_years(nowdate(), -16)).name)

	def test_no_birth_in_the_future(self):
		with self.assertRaisesRegex(frappe.ValidationError, "future"):
			make_client(date_of_birth=add_years(nowdate(), 1))

	def test_a_possible_bsn_is_held_up_until_it_is_confirmed_as_another_number(self):
		text = "File number of the tax office 111222333"
		with self.assertRaises(PossibleBsnError):
			make_client(contact_notes=text)
		bsn.confirm("Client", "111222333", "file number of the tax office")
		self.assertEqual(make_client(contact_notes=text).contact_notes, text)
		log = frappe.get_last_doc("Number Confirmation")
		self.assertEqual((log.ending, log.confirmed_by), ("33", "Administrator"))
		self.assertNotIn("111222333", frappe.as_json(log))

	def test_what_counts_as_a_bsn(self):
		found = {
			"123456782": 1,
			"123.456.782": 1,
			"1234 56 782": 1,
			"on 12-03-2021 123456782": 1,
			"١٢٣٤٥٦٧٨٢": 1,
			"123456789": 0,
			"06 12345678": 0,
			"+31 6 1234 5678": 0,
			"1234567820": 0,
			"NL20INGB0001234567": 0,
			"see CASE-2026-00102": 0,
		}
		self.assertEqual({text: len(list(bsn.find_bsn(text))) for text in found}, found)

	def test_no_field_of_casework_is_for_a_bsn(self):
		names = frappe.get_all(
			"DocField",
			{"parent": ("in", frappe.get_all("DocType", {"module": "LSM Casework"}, pluck="name"))},
			pluck="fieldname",
		)
		self.assertFalse([name for name in names if "bsn" in name or "citizen" in name])

	def test_workers_see_the_clients_of_their_cases_and_the_front_office_none(self):
		worker = make_user(CASE_WORKER, email="worker.one@example.org")
		front = make_user(FRONT_OFFICE, email="front.one@example.org")
		mine, foreign = make_client(), make_client()
		make_case(mine.name, worker=worker.name)
		with acting_as(worker):
			self.assertIn(mine.name, frappe.get_list("Client", pluck="name", limit=0))
			self.assertNotIn(foreign.name, frappe.get_list("Client", pluck="name", limit=0))
			self.assertTrue(frappe.get_doc("Client", mine.name).has_permission("read"))
			self.assertFalse(frappe.get_doc("Client", foreign.name).has_permission("read"))
		with acting_as(front):
			self.assertFalse(frappe.has_permission("Client", "read"))
			self.assertFalse(frappe.has_permission("Case", "read"))

	def test_what_a_worker_enters_is_seen_until_someone_else_works_on_it(self):
		worker = make_user(CASE_WORKER, email="worker.one@example.org")
		other = make_user(CASE_WORKER, email="worker.two@example.org")
		with acting_as(worker):
			client = frappe.get_doc({"doctype": "Client", "first_name": "Nieuw", "preferred_language": "nl"}).insert()
			self.assertTrue(client.has_permission("read"))
		make_case(client.name, worker=other.name)
		with acting_as(worker):
			self.assertFalse(client.has_permission("read"))


class TestClientConfidential(FrappeTestCase):
	def test_stored_as_cipher_text_and_read_by_who_works_on_the_case(self):
		worker = make_user(CASE_WORKER, email="worker.one@example.org")
		coordinator = make_user("LSM Coordinator", email="coordinator.one@example.org")
		client = make_client()
		case = make_case(client.name, worker=worker.name)
		record = make("Client Confidential", client=client.name, residence_status="Undocumented", health="Insulin")
		record.flags.ignore_permissions = False
		row = frappe.db.sql("select * from `tabClient Confidential` where name = %s", record.name, as_dict=True)[0]
		self.assertNotIn("Undocumented", str(row))
		self.assertNotIn("Insulin", str(row))
		with acting_as(worker):
			self.assertTrue(frappe.get_doc("Client Confidential", record.name).has_permission("read"))
		with acting_as(coordinator):
			self.assertFalse(record.has_permission("read"))
		case.coordinator = coordinator.name
		case.save()
		with acting_as(coordinator):
			self.assertTrue(record.has_permission("read"))
			self.assertEqual(frappe.get_list("Client Confidential", pluck="name"), [record.name])


class TestHousehold(FrappeTestCase):
	def test_head_and_members_are_counted_and_linked(self):
		head, child = make_client(), make_client(first_name="Kind")
		household = make("Household", head=head.name, members=[{"client": child.name, "relation": "Child"}])
		self.assertEqual(household.size, 2)
		self.assertEqual(frappe.db.get_value("Client", child.name, "household"), household.name)
		household.members = []
		household.save()
		self.assertIsNone(frappe.db.get_value("Client", child.name, "household"))

	def test_a_count_only_holds_no_names(self):
		household = make("Household", head=make_client().name, count_only=1, adults=2, children=3)
		self.assertEqual(household.size, 5)

	def test_nobody_stands_twice(self):
		head = make_client()
		with self.assertRaisesRegex(frappe.ValidationError, "once"):
			make("Household", head=head.name, members=[{"client": head.name, "relation": "Child"}])
