import frappe
from frappe.tests.utils import FrappeTestCase


def make_signal(**values):
	return frappe.get_doc(
		{"doctype": "Signal", "title": "Letters about energy debts", "state": "Noticed", "source": "Person", **values}
	)


class TestSignal(FrappeTestCase):
	def test_a_signal_is_noticed_by_a_person(self):
		self.assertEqual(make_signal().insert().state, "Noticed")

	def test_it_is_told_to_somebody_on_a_day(self):
		signal = make_signal().insert()
		signal.update({"state": "Told", "told_to": "Municipality of Leiden"})
		with self.assertRaisesRegex(frappe.ValidationError, "to whom this was told, and when"):
			signal.save()
		signal.reload()
		signal.update({"state": "Told", "told_to": "Municipality of Leiden", "told_on": "2026-03-02"})
		self.assertEqual(signal.save().state, "Told")

	def test_a_citizen_service_number_is_held_up(self):
		with self.assertRaises(frappe.ValidationError):
			make_signal(description="Number 111222333").insert()
