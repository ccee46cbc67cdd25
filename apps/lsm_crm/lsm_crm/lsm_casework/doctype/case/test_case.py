import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import nowdate

from lsm_crm.constants import CASE_WORKER, COORDINATOR
from lsm_crm.exceptions import (
	ConflictOfInterestError,
	PossibleBsnError,
	ReadOnlyStateError,
	SelfApprovalError,
	TransitionError,
)
from lsm_crm.tests.factories import act, acting_as, make, make_case, make_client, make_user


class TestCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = make_user(CASE_WORKER, email="worker.one@example.org")
		cls.other = make_user(CASE_WORKER, email="worker.two@example.org")
		cls.coordinator = make_user(COORDINATOR, email="coordinator.one@example.org")
		cls.second = make_user(COORDINATOR, email="coordinator.two@example.org")

	def case_at(self, *actions, **values):
		case = make_case(worker=self.worker.name, **values)
		with acting_as(self.worker):
			for action in actions:
				case = act(case, action)
		return case

	def test_a_new_case_has_steps_deadlines_and_language_of_its_type_and_client(self):
		client = make_client(preferred_language="ar")
		case = make_case(client.name, case_type="Energy", worker=self.worker.name)
		self.assertEqual(case.language, "ar")
		self.assertEqual(
			[row.title for row in case.steps], ["Eerste gesprek", "Papieren verzamelen", "Rekening bekijken"]
		)
		self.assertEqual([row.topic for row in case.topics], ["Energy", "Price rises"])
		deadlines = frappe.get_all("Case Deadline", {"case": case.name}, ["title", "worker", "due_on"])
		self.assertEqual(
			[(row.title, row.worker) for row in deadlines], [("Antwoord van de leverancier", self.worker.name)]
		)
		self.assertEqual(frappe.db.get_value("Case", case.name, "next_deadline"), deadlines[0].due_on)

	def test_working_on_it_needs_a_worker(self):
		case = make_case()
		with self.assertRaisesRegex(TransitionError, "Choose a worker"), acting_as(self.coordinator):
			act(case, "Start Intake")

	def test_closing_needs_an_outcome_and_says_so(self):
		case = self.case_at("Start Intake", "Start Work")
		with self.assertRaisesRegex(TransitionError, "Closing needs an outcome"), acting_as(self.worker):
			act(case, "Request Closing")

	def test_closing_names_open_steps_and_deadlines(self):
		case = self.case_at("Start Intake", case_type="Energy")
		case.outcome = "Solved"
		case.save()
		with self.assertRaisesRegex(TransitionError, "Eerste gesprek"), acting_as(self.worker):
			act(case, "Request Closing")
		for step in case.steps:
			step.done = 1
		case.save()
		with self.assertRaisesRegex(TransitionError, "Antwoord van de leverancier"), acting_as(self.worker):
			act(case, "Request Closing")

	def test_the_whole_way_with_reopening(self):
		case = self.case_at("Start Intake", "Start Work", "Wait for Others", "Resume Work")
		case.outcome = "Solved"
		case.save()
		with acting_as(self.worker):
			case = act(case, "Request Closing")
			self.assertEqual(case.closing_requested_by, self.worker.name)
			with self.assertRaises(frappe.ValidationError):
				act(case, "Close Case")
		with acting_as(self.coordinator):
			case = act(case, "Close Case")
		self.assertEqual((case.workflow_state, case.closed_by), ("Closed", self.coordinator.name))
		with self.assertRaises(ReadOnlyStateError), acting_as(self.worker):
			closed = frappe.get_doc("Case", case.name)
			closed.priority = "Low"
			closed.save()
		with acting_as(self.coordinator):
			case = act(case, "Reopen")
		self.assertEqual((case.workflow_state, case.times_reopened, case.closed_on), ("Reopened", 1, None))
		self.assertEqual(len(case.assignments), 1)

	def test_nobody_closes_what_they_asked_to_close(self):
		case = make_case(worker=self.coordinator.name, outcome="Solved")
		with acting_as(self.coordinator):
			case = act(act(case, "Start Intake"), "Request Closing")
			with self.assertRaises(SelfApprovalError):
				act(case, "Close Case")
		with acting_as(self.second):
			self.assertEqual(act(case, "Close Case").workflow_state, "Closed")

	def test_the_coordinator_sends_back(self):
		case = self.case_at("Start Intake", outcome="Solved")
		with acting_as(self.worker):
			case = act(case, "Request Closing")
		with acting_as(self.coordinator):
			case = act(case, "Send Back")
		self.assertEqual((case.workflow_state, case.closing_requested_by), ("In Progress", None))

	def test_only_the_coordinator_gives_work(self):
		case = self.case_at()
		with acting_as(self.worker):
			mine = frappe.get_doc("Case", case.name)
			mine.worker = self.other.name
			with self.assertRaises(frappe.PermissionError):
				mine.save()
		with acting_as(self.coordinator):
			theirs = frappe.get_doc("Case", case.name)
			theirs.worker = self.other.name
			theirs.save()
		self.assertEqual([row.user for row in theirs.assignments], [self.worker.name, self.other.name])
		self.assertEqual(str(theirs.assignments[0].until_date), nowdate())

	def test_a_worker_cannot_open_a_client_by_making_a_case(self):
		client = make_client()
		make_case(client.name, worker=self.other.name)
		with acting_as(self.worker), self.assertRaises(frappe.PermissionError):
			frappe.get_doc(
				{
					"doctype": "Case",
					"client": client.name,
					"case_type": "Other",
					"subject": "x",
					"worker": self.worker.name,
				}
			).insert()

	def test_worker_and_deputy_differ_and_have_the_role(self):
		with self.assertRaisesRegex(frappe.ValidationError, "deputy must be somebody else"):
			make_case(worker=self.worker.name, deputy=self.worker.name)
		nobody = make_user("LSM Kitchen")
		with self.assertRaisesRegex(frappe.ValidationError, "for lack of the role"):
			make_case(worker=nobody.name)

	def test_a_bsn_in_the_subject_is_held_up(self):
		with self.assertRaises(PossibleBsnError):
			make_case(subject="Letter about 123456782")

	def test_conflict_by_phone_is_refused_always(self):
		user = make_user(CASE_WORKER, email="relative@example.org", mobile_no="+31612345699")
		client = make_client(phone="06 12345699")
		with self.assertRaisesRegex(ConflictOfInterestError, "close to someone"):
			make_case(client.name, worker=user.name, conflict_override="It is another person")

	def test_conflict_with_a_housemate(self):
		user = make_user(CASE_WORKER, email="housemate@example.org", mobile_no="+31612345688")
		client, partner = make_client(), make_client(first_name="Samir", phone="0612345688")
		make("Household", head=client.name, members=[{"client": partner.name, "relation": "Partner"}])
		with self.assertRaisesRegex(ConflictOfInterestError, "household"):
			make_case(client.name, worker=user.name)

	def test_an_equal_name_may_be_chance(self):
		user = make_user(CASE_WORKER, email="namesake@example.org", first_name="Jan", last_name="Jansen")
		party = [{"party_name": "jansen JAN", "relation": "Opposing party"}]
		with self.assertRaisesRegex(ConflictOfInterestError, "Only the name is the same"):
			make_case(worker=user.name, parties=party)
		self.assertTrue(make_case(worker=user.name, parties=party, conflict_override="Other address").name)

	def test_adding_a_party_later_is_checked_too(self):
		user = make_user(CASE_WORKER, email="later@example.org", first_name="Piet", last_name="Later")
		case = make_case(worker=user.name)
		case.append("parties", {"party_name": "Piet Later", "relation": "Landlord"})
		with self.assertRaises(ConflictOfInterestError):
			case.save()
