"""Every step of the volunteers' workflows by every role, read from the workflows that the app ships."""

import json
from pathlib import Path

import frappe
from frappe.model.workflow import apply_workflow
from frappe.tests.utils import FrappeTestCase

import lsm_crm
from lsm_crm.constants import STAFF_ROLES, VOLUNTEER
from lsm_crm.tests import factories

WORKFLOWS = Path(lsm_crm.__file__).parent / "fixtures" / "workflow.json"
SHIPPED = {row["document_type"]: row for row in json.loads(WORKFLOWS.read_text(encoding="utf-8"))}
# What the steps of the two want filled in, so that only the role decides.
FILLED = {
	"Volunteer": {
		"interview_on": "2026-01-10 10:00:00",
		"interview_result": "Good talk",
		"rejection_reason": "No place now",
		"pause_reason": "Exams",
	},
	"Volunteer Expense": {"refusal_reason": "Not agreed on"},
}


class TestVolunteerSteps(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.users = {
			role: factories.make_user(role, email=f"{role.lower().replace(' ', '-')}-step@example.org").name
			for role in (*STAFF_ROLES, VOLUNTEER)
		}
		cls.documents = {"Volunteer": cls.a_volunteer(), "Volunteer Expense": cls.an_expense()}

	@classmethod
	def a_volunteer(cls):
		person = factories.make_volunteer(**FILLED["Volunteer"])
		factories.screen(person)
		return person.name

	@classmethod
	def an_expense(cls):
		person = factories.make_volunteer(date_of_birth="1990-05-01").name
		factories.make_hours(person, 8, "2025-03-05")
		values = {"kind": "Compensation", "amount": 5, "day": "2025-03-05", "description": "Work"}
		return factories.make("Volunteer Expense", volunteer=person, **values, **FILLED["Volunteer Expense"]).name

	def tearDown(self):
		frappe.set_user("Administrator")

	def step(self, doctype: str, state: str, action: str, user: str) -> str | None:
		"""Take the step from the state as that user; the new state, or None where it was refused."""
		frappe.db.savepoint("step")
		try:
			frappe.db.set_value(doctype, self.documents[doctype], "workflow_state", state)
			doc = frappe.get_doc(doctype, self.documents[doctype])
			with factories.acting_as(user):
				apply_workflow(doc.as_dict(), action)
			return frappe.db.get_value(doctype, doc.name, "workflow_state")
		except (frappe.ValidationError, frappe.PermissionError):
			return None
		finally:
			frappe.db.rollback(save_point="step")
			frappe.clear_messages()

	def test_each_step_by_its_own_role_and_by_no_other(self):
		taken = 0
		for doctype in FILLED:
			rows = SHIPPED[doctype]["transitions"]
			for state, action in {(row["state"], row["action"]): None for row in rows}:
				allowed = {row["allowed"] for row in rows if (row["state"], row["action"]) == (state, action)}
				wanted = next(r["next_state"] for r in rows if (r["state"], r["action"]) == (state, action))
				for role, user in self.users.items():
					with self.subTest(doctype=doctype, state=state, action=action, role=role):
						got = self.step(doctype, state, action, user)
						self.assertEqual(got, wanted if role in allowed else None)
						taken += got is not None
		self.assertEqual(taken, 14)

	def test_no_step_from_a_state_that_has_none(self):
		for doctype in FILLED:
			workflow = SHIPPED[doctype]
			have = {(row["state"], row["action"]) for row in workflow["transitions"]}
			allowed = {row["action"]: row["allowed"] for row in workflow["transitions"]}
			for state in {row["state"] for row in workflow["states"]}:
				for action, role in allowed.items():
					if (state, action) not in have:
						with self.subTest(doctype=doctype, state=state, action=action):
							self.assertIsNone(self.step(doctype, state, action, self.users[role]))
