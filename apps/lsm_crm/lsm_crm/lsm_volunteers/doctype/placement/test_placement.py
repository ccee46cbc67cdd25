"""Internships, theses and research interviews: length, goals, assessment, consent of those interviewed, who may see them."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.constants import CASE_WORKER, COORDINATOR, TREASURER, VOLUNTEER_COORDINATOR
from lsm_crm.exceptions import TransitionError
from lsm_crm.tests import factories


class TestPlacement(FrappeTestCase):
	def setUp(self):
		self.supervisor = factories.make_user(CASE_WORKER, email="supervisor-pl@example.org").name
		self.person = factories.make_volunteer()

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def make(self, **values):
		return factories.make(
			"Placement",
			**{
				"volunteer": self.person.name,
				"kind": "Internship (hbo)",
				"months": "3",
				"starts_on": "2026-02-01",
				"school": "Hogeschool Leiden",
				"school_contact": "Mentor",
				"supervisor": self.supervisor,
				"goals": [{"goal": "Hold an intake alone"}],
				**values,
			},
		)

	def test_an_internship_lasts_three_or_six_months(self):
		for months, last in (("3", "2026-04-30"), ("6", "2026-07-31")):
			self.assertEqual(str(self.make(months=months).ends_on), last)
		for months in ("", "4"):
			with self.subTest(months), self.assertRaises(frappe.ValidationError):
				self.make(months=months)

	def test_a_thesis_says_itself_when_it_ends(self):
		self.assertEqual(str(self.make(kind="Thesis", months="", ends_on="2026-08-15").ends_on), "2026-08-15")
		with self.assertRaisesRegex(TransitionError, "last day is missing"):
			self.make(kind="Thesis", months="")
		with self.assertRaisesRegex(frappe.ValidationError, "before the first"):
			self.make(kind="Thesis", months="", ends_on="2026-01-31")

	def test_school_and_supervisor_are_needed_and_nobody_supervises_themselves(self):
		for field in ("school", "supervisor"):
			with self.subTest(field), self.assertRaises(frappe.MandatoryError):
				self.make(**{field: None})
		self.person.db_set("user", self.supervisor)
		with self.assertRaisesRegex(frappe.ValidationError, "supervises themselves"):
			self.make()

	def test_completing_needs_every_goal_assessed(self):
		doc = self.make(state="Running")
		doc.state = "Completed"
		with self.assertRaises(TransitionError) as refused:
			doc.save()
		for sentence in ("Each goal needs an assessment", "assessment is missing", "when it was assessed"):
			self.assertIn(sentence, str(refused.exception))
		doc.reload()
		doc.goals[0].assessment = "Reached"
		doc.update({"state": "Completed", "assessment": "Works carefully", "assessed_on": "2026-04-28"})
		doc.save()
		self.assertEqual(doc.state, "Completed")

	def test_stopping_needs_a_reason(self):
		doc = self.make(state="Running")
		doc.state = "Stopped"
		with self.assertRaisesRegex(TransitionError, "why the placement stopped"):
			doc.save()
		doc.reload()
		doc.update({"state": "Stopped", "stop_reason": "Chose another study"})
		doc.save()

	def test_no_interview_without_a_consent_that_holds_on_that_day(self):
		consent = {"participant": "P1", "given_on": "2026-03-02", "text_version": "2026-1"}
		for wrong, sentence in (
			({"interviewed_on": "2026-03-01"}, "before the consent"),
			({"interviewed_on": "2026-03-10", "withdrawn_on": "2026-03-10"}, "withdrawn by then"),
		):
			with self.subTest(sentence), self.assertRaisesRegex(frappe.ValidationError, sentence):
				self.make(kind="Research Interviews", ends_on="2026-06-30", interviews=[{**consent, **wrong}])
		with self.assertRaises(frappe.MandatoryError):
			self.make(kind="Research Interviews", ends_on="2026-06-30", interviews=[{"participant": "P1"}])
		held = {**consent, "interviewed_on": "2026-03-02", "withdrawn_on": "2026-03-09"}
		doc = self.make(kind="Research Interviews", ends_on="2026-06-30", interviews=[held])
		self.assertEqual(len(doc.interviews), 1)

	def test_who_sees_it(self):
		doc = self.make()
		other = factories.make_user(CASE_WORKER, email="other-pl@example.org").name
		treasurer = factories.make_user(TREASURER, email="treasurer-pl@example.org").name
		for user, read, write in (
			(factories.make_user(VOLUNTEER_COORDINATOR, email="vc-pl@example.org").name, True, True),
			(factories.make_user(COORDINATOR, email="co-pl@example.org").name, True, False),
			(self.supervisor, True, True),
			(other, False, False),
			(treasurer, False, False),
		):
			with self.subTest(user), factories.acting_as(user):
				self.assertEqual(bool(frappe.has_permission("Placement", "read", doc=doc.name)), read)
				self.assertEqual(bool(frappe.has_permission("Placement", "write", doc=doc.name)), write)
				if user == other:
					self.assertEqual(frappe.get_list("Placement", {"name": doc.name}), [])
