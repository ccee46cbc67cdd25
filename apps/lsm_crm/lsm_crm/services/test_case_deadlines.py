"""Deadlines chosen from the case's type, and who may set them."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.api import cases
from lsm_crm.constants import CASE_WORKER
from lsm_crm.tests.factories import acting_as, make_case, make_user


class TestChosenDeadlines(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = make_user(CASE_WORKER, email="worker.one@example.org")
		cls.other = make_user(CASE_WORKER, email="worker.two@example.org")
		cls.case = make_case(case_type="Debt and collection", worker=cls.worker.name).name

	def choices(self) -> list[dict]:
		with acting_as(self.worker):
			return cases.deadline_choices(self.case)

	def test_legal_terms_come_first_with_the_rule_they_rest_on(self):
		self.assertEqual(
			[(row["title"], row["kind"], row["source"]) for row in self.choices()],
			[
				("Laatste termijn voor incassokosten", "Legal", "Burgerlijk Wetboek 6 art. 96"),
				("Antwoord van de schuldeiser", "Agreed", ""),
			],
		)

	def test_counted_from_the_day_of_the_letter(self):
		with acting_as(self.worker):
			made = cases.add_deadline(self.case, self.choices()[0]["row"], "2030-12-12")
		deadline = frappe.get_doc("Case Deadline", made["name"])
		# 14 days later is Boxing Day; the next working day is the 27th.
		self.assertEqual((made["due_on"], str(deadline.due_on)), ("2030-12-27", "2030-12-27"))
		self.assertEqual(
			(deadline.kind, deadline.source, deadline.worker, deadline.status),
			("Legal", "Burgerlijk Wetboek 6 art. 96", self.worker.name, "Open"),
		)

	def test_a_row_of_another_type_is_refused(self):
		foreign = frappe.get_doc("Case Type", "Benefits").deadlines[0].name
		with self.assertRaisesRegex(frappe.ValidationError, "not among those"), acting_as(self.worker):
			cases.add_deadline(self.case, foreign, "2030-12-12")

	def test_not_in_a_foreign_case(self):
		row = self.choices()[0]["row"]
		for function, args in ((cases.deadline_choices, ()), (cases.add_deadline, (row, "2030-12-12"))):
			with self.assertRaises(frappe.PermissionError), acting_as(self.other):
				function(self.case, *args)
