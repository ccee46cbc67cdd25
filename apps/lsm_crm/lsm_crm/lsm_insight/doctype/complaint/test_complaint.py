import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, getdate, nowdate

BSN = "111222333"  # passes the check; given to nobody


def make_complaint(**values):
	return frappe.get_doc(
		{
			"doctype": "Complaint",
			"subject": "Waiting time",
			"received_on": nowdate(),
			"state": "Received",
			"complaint": "I waited for two hours.",
			"person_name": "Saba Voorbeeld",
			**values,
		}
	)


class TestComplaint(FrappeTestCase):
	def test_an_answer_is_due_in_six_weeks(self):
		complaint = make_complaint().insert()
		self.assertEqual(getdate(complaint.answer_by), getdate(add_days(nowdate(), 42)))

	def test_another_day_for_the_answer_stays(self):
		day = add_days(nowdate(), 7)
		self.assertEqual(getdate(make_complaint(answer_by=day).insert().answer_by), getdate(day))

	def test_what_was_said_and_by_whom_is_not_readable_in_the_table(self):
		complaint = make_complaint().insert()
		stored = frappe.db.get_value("Complaint", complaint.name, ["complaint", "person_name"])
		self.assertNotIn("two hours", stored[0])
		self.assertNotIn("Saba", stored[1])
		read = frappe.get_doc("Complaint", complaint.name)
		self.assertEqual((read.complaint, read.person_name), ("I waited for two hours.", "Saba Voorbeeld"))

	def test_it_is_dealt_with_only_with_an_answer_and_an_outcome(self):
		complaint = make_complaint().insert()
		complaint.state = "Dealt With"
		with self.assertRaisesRegex(frappe.ValidationError, "the answer and the outcome"):
			complaint.save()
		complaint.reload()
		complaint.update({"state": "Dealt With", "answer": "We start earlier now.", "outcome": "Upheld"}).save()
		self.assertEqual(getdate(complaint.answered_on), getdate(nowdate()))

	def test_nothing_is_received_tomorrow(self):
		with self.assertRaisesRegex(frappe.ValidationError, "in the future"):
			make_complaint(received_on=add_days(nowdate(), 1)).insert()

	def test_a_citizen_service_number_is_held_up(self):
		with self.assertRaises(frappe.ValidationError):
			make_complaint(complaint=f"My number is {BSN}").insert()
