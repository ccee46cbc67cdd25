"""The volunteer's way through the workflow: each step allowed, and refused with a sentence."""

import frappe
from frappe.model.workflow import WorkflowPermissionError, apply_workflow
from frappe.tests.utils import FrappeTestCase

from lsm_crm.exceptions import ScreeningMissingError, TransitionError
from lsm_crm.tests import factories

COORDINATOR = "LSM Volunteer Coordinator"


class TestVolunteer(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.coordinator = factories.make_user(COORDINATOR, email="vc-test@example.org").name
		cls.others = {
			role: factories.make_user(role, email=f"{role.split()[-1].lower()}-vt@example.org").name
			for role in ("LSM Coordinator", "LSM Treasurer", "LSM Board", "LSM Front Office", "LSM Volunteer")
		}

	def tearDown(self):
		frappe.set_user("Administrator")

	def test_whole_way_as_the_coordinator(self):
		person = factories.make_volunteer(["Cook"])
		frappe.set_user(self.coordinator)
		doc = apply_workflow(person.as_json(), "Invite to Interview")
		doc.update({"interview_on": "2026-01-10 10:00:00", "interview_result": "Good talk"})
		doc.save()
		doc = apply_workflow(doc.as_json(), "Start Screening")
		with self.assertRaises(ScreeningMissingError) as refused:
			apply_workflow(doc.as_json(), "Take On")
		for word in ("Right to Work", "Agreement", "Confidentiality Statement", "Cook"):
			self.assertIn(word, str(refused.exception))
		factories.screen(doc)
		doc = apply_workflow(doc.as_json(), "Take On")
		self.assertEqual(doc.workflow_state, "Active")
		self.assertEqual([row.state for row in doc.roles], ["Accepted"])
		doc.pause_reason = "Exams"
		doc.save()
		doc = apply_workflow(doc.as_json(), "Pause")
		doc = apply_workflow(doc.as_json(), "Resume")
		doc = apply_workflow(doc.as_json(), "Say Goodbye")
		self.assertEqual(doc.workflow_state, "Left")
		self.assertTrue(doc.left_on)

	def test_steps_say_what_is_missing(self):
		person = factories.make_volunteer(["Cook"])
		frappe.set_user(self.coordinator)
		with self.assertRaisesRegex(TransitionError, "why the application is rejected"):
			apply_workflow(person.as_json(), "Reject")
		doc = apply_workflow(person.as_json(), "Invite to Interview")
		with self.assertRaisesRegex(TransitionError, "outcome of the interview"):
			apply_workflow(doc.as_json(), "Start Screening")

	def test_rejecting_from_each_early_state(self):
		for steps in ((), ("Invite to Interview",), ("Invite to Interview", "Start Screening")):
			person = factories.make_volunteer(["Cook"], interview_on="2026-01-10 10:00:00", interview_result="Talk")
			person.rejection_reason = "No place now"
			person.save()
			frappe.set_user(self.coordinator)
			for action in steps:
				person = apply_workflow(person.as_json(), action)
			self.assertEqual(apply_workflow(person.as_json(), "Reject").workflow_state, "Rejected")
			frappe.set_user("Administrator")

	def test_other_roles_take_no_step(self):
		person = factories.make_volunteer(["Cook"])
		for role, user in self.others.items():
			with self.subTest(role):
				frappe.set_user(user)
				with self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
					apply_workflow(person.as_json(), "Invite to Interview")
				frappe.set_user("Administrator")
				self.assertEqual(frappe.db.get_value("Volunteer", person.name, "workflow_state"), "Applied")

	def test_states_are_not_typed_in(self):
		with self.assertRaises(WorkflowPermissionError):
			factories.make_volunteer(workflow_state="Active")
		person = factories.make_volunteer()
		person.workflow_state = "Active"
		with self.assertRaises(WorkflowPermissionError):
			person.save()

	def test_states_of_doctype_and_workflow_agree(self):
		for doctype in ("Volunteer", "Volunteer Expense"):
			workflow = frappe.get_doc("Workflow", doctype)
			options = frappe.get_meta(doctype).get_field("workflow_state").options.split("\n")
			self.assertEqual(set(options), {row.state for row in workflow.states})

	def test_a_role_wanted_later_is_screened_too(self):
		person = factories.make_active_volunteer(["Cook"])
		person.append("roles", {"role": "Tutor", "state": "Accepted"})
		with self.assertRaisesRegex(ScreeningMissingError, "VOG"):
			person.save()
		person.reload()
		factories.make_screening(person.name, "VOG")
		person.append("roles", {"role": "Tutor", "state": "Accepted"})
		person.save()

	def test_recent_arrivals_bring_references_and_asylum_seekers_need_a_declaration(self):
		frappe.db.delete("UWV Declaration")  # the sample data may hold one for this role
		person = factories.make_volunteer(["Cook"], interview_on="2026-01-10 10:00:00", interview_result="Talk")
		for state in ("Interview", "Screening"):
			person.workflow_state = state
			person.save()
		factories.make_screening(
			person.name, "Right to Work", may_volunteer="Only with a UWV Declaration", recent_arrival=1
		)
		factories.make_screening(person.name, "Agreement")
		factories.make_screening(person.name, "Confidentiality Statement")
		person.workflow_state = "Active"
		with self.assertRaises(ScreeningMissingError) as refused:
			person.save()
		self.assertIn("References", str(refused.exception))
		self.assertIn("UWV Declaration", str(refused.exception))
		factories.make_screening(person.name, "References")
		declaration = factories.make("UWV Declaration", role="Cook", valid_from=frappe.utils.today())
		person.reload()
		person.workflow_state = "Active"
		person.save()
		declaration.delete()

	def test_under_18_needs_a_guardian_who_agreed(self):
		person = factories.make_volunteer(
			["Cook"], interview_on="2026-01-10 10:00:00", interview_result="Talk", date_of_birth="2012-01-01"
		)
		self.assertEqual(person.under_18, 1)
		for state in ("Interview", "Screening"):
			person.workflow_state = state
			person.save()
		factories.screen(person)
		person.workflow_state = "Active"
		with self.assertRaisesRegex(TransitionError, "guardian"):
			person.save()
		person.reload()
		person.update({"guardian_name": "Almaz", "guardian_consent_on": "2026-01-01", "workflow_state": "Active"})
		person.save()

	def test_account_only_with_a_proven_address(self):
		person = factories.make_active_volunteer()
		self.assertFalse(person.user)
		proven = factories.make_volunteer()
		proven.db_set("email_proven_on", frappe.utils.now())
		proven.reload()
		proven = factories.take_on(proven)
		self.assertEqual(frappe.get_roles(proven.user).count("LSM Volunteer"), 1)
		self.assertEqual(frappe.db.get_value("User", proven.user, "user_type"), "Website User")
		proven.reload()
		proven.workflow_state = "Left"
		proven.save()
		self.assertEqual(frappe.db.get_value("User", proven.user, "enabled"), 0)

	def test_who_may_read(self):
		person = factories.make_volunteer()
		item = factories.make_screening(person.name, "VOG")
		for role, user in {**self.others, COORDINATOR: self.coordinator}.items():
			with self.subTest(role):
				frappe.set_user(user)
				may = role in (COORDINATOR, "LSM Coordinator")
				self.assertEqual(bool(frappe.has_permission("Volunteer", doc=person.name)), may)
				self.assertEqual(bool(frappe.has_permission("Screening Item", doc=item.name)), role == COORDINATOR)
