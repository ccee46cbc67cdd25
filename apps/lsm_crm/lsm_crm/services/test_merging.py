import json

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.constants import CASE_WORKER, COORDINATOR
from lsm_crm.services import merging, people_search, read_log
from lsm_crm.tests.factories import (
	acting_as,
	make,
	make_case,
	make_client,
	make_consent,
	make_help_request,
	make_user,
)


class TestMerging(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = make_user(CASE_WORKER, email="worker.one@example.org")
		cls.coordinator = make_user(COORDINATOR, email="coordinator.one@example.org")

	def setUp(self):
		self.kept = make_client(first_name="Mohammed", last_name="Hassan", safe_to_call=1)
		self.gone = make_client(
			first_name="محمد",
			last_name="حسن",
			phone="0611223344",
			birth_year=1980,
			safe_to_call=0,
			interpreter_needed=1,
		)

	def test_every_kind_of_link_moves(self):
		case = make_case(self.gone.name)
		consent = make_consent(self.gone.name)
		request = make_help_request(client=self.gone.name)
		household = make(
			"Household", head=self.gone.name, members=[{"client": make_client().name, "relation": "Child"}]
		)
		party = make_case(parties=[{"client": self.gone.name, "relation": "Landlord"}])
		hold = make("Legal Hold", subject_type="Client", subject=self.gone.name, reason="A complaint runs")
		self.gone.reload()
		self.gone.add_comment("Comment", "Came by twice")
		name = merging.merge(self.kept.name, self.gone.name, "Same phone, same story")
		for doctype, fieldname in merging.link_fields():
			self.assertFalse(frappe.db.exists(doctype, {fieldname: self.gone.name}), f"{doctype}.{fieldname}")
		self.assertEqual(frappe.db.get_value("Case", case.name, "client"), self.kept.name)
		self.assertEqual(frappe.db.get_value("Client Consent", consent.name, "client"), self.kept.name)
		self.assertEqual(frappe.db.get_value("Help Request", request.name, "client"), self.kept.name)
		self.assertEqual(frappe.db.get_value("Household", household.name, "head"), self.kept.name)
		self.assertEqual(frappe.db.get_value("Case Party", party.parties[0].name, "client"), self.kept.name)
		self.assertTrue(
			frappe.db.exists(
				"Comment",
				{"reference_doctype": "Client", "reference_name": self.kept.name, "content": ("like", "%twice%")},
			)
		)
		self.assertEqual(frappe.db.get_value("Legal Hold", hold.name, "subject"), self.kept.name)
		log = frappe.get_doc("Client Merge", name)
		self.assertGreaterEqual(log.moved_count, 6)
		self.assertEqual(json.loads(log.record_before)["full_name"], "محمد حسن")
		self.assertIn(case.name, json.dumps(json.loads(log.moved)))

	def test_what_stood_where_can_be_read_back(self):
		case, other = make_case(self.gone.name), make_case(self.kept.name)
		with acting_as(self.coordinator):
			name = merging.merge(self.kept.name, self.gone.name, "Same person")
			log = frappe.get_doc("Client Merge", name)
			log.check_permission("read")
		cases = [row["names"] for row in json.loads(log.moved) if (row["doctype"], row["field"]) == ("Case", "client")]
		self.assertEqual(cases, [[case.name]])
		self.assertNotIn(other.name, log.moved)
		before = json.loads(log.record_before)
		self.assertEqual((before["phone"], before["birth_year"]), ("+31 6 11223344", 1980))
		with self.assertRaises(frappe.PermissionError), acting_as(self.worker):
			frappe.get_doc("Client Merge", name).check_permission("read")

	def test_readings_of_the_merged_record_are_found_under_the_kept_one(self):
		read_log.record("form", "Client", [self.gone.name])
		self.assertEqual(read_log.count({"subject": self.kept.name}), 0)
		merging.merge(self.kept.name, self.gone.name, "Same person")
		rows = read_log.find({"subject": self.kept.name})
		self.assertEqual([row["subjects"] for row in rows], [[f"Client {self.gone.name}"]])

	def test_the_log_is_cipher_text_in_the_database(self):
		name = merging.merge(self.kept.name, self.gone.name, "Same person")
		stored = frappe.db.sql("select moved, record_before from `tabClient Merge` where name = %s", name)[0]
		self.assertNotIn("0611223344", str(stored).replace(" ", ""))
		self.assertNotIn("محمد", str(stored))

	def test_the_careful_answer_and_the_other_spelling_stay(self):
		merging.merge(self.kept.name, self.gone.name, "Same person")
		kept = frappe.get_doc("Client", self.kept.name)
		self.assertEqual(
			(kept.phone, kept.birth_year, kept.safe_to_call, kept.interpreter_needed), ("+31 6 11223344", 1980, 0, 1)
		)
		self.assertEqual(kept.other_names, "محمد حسن")
		self.assertIn(self.kept.name, [row["client"] for row in people_search.search("محمد حسن")])

	def test_the_old_number_leads_to_the_kept_one_and_holds_nothing(self):
		merging.merge(self.kept.name, self.gone.name, "Same person")
		gone = frappe.get_doc("Client", self.gone.name)
		self.assertEqual(
			(gone.status, gone.merged_into, gone.phone, gone.full_name), ("Merged", self.kept.name, None, gone.name)
		)
		with self.assertRaisesRegex(frappe.ValidationError, "was merged into"):
			merging.merge(self.gone.name, make_client().name, "again")
		with self.assertRaisesRegex(frappe.ValidationError, "was merged into"):
			make_case(self.gone.name)

	def test_confidential_records_become_one(self):
		make("Client Confidential", client=self.kept.name, health="Asthma")
		make("Client Confidential", client=self.gone.name, health="Diabetes", residence_status="Undocumented")
		merging.merge(self.kept.name, self.gone.name, "Same person")
		record = frappe.get_doc("Client Confidential", self.kept.name)
		self.assertEqual((record.health, record.residence_status), ("Asthma\n\nDiabetes", "Undocumented"))
		self.assertFalse(frappe.db.exists("Client Confidential", self.gone.name))

	def test_a_reason_is_needed(self):
		with self.assertRaisesRegex(frappe.ValidationError, "Say why"):
			merging.merge(self.kept.name, self.gone.name, " ")
