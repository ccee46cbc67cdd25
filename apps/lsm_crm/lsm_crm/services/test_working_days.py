from datetime import date

from frappe.tests.utils import FrappeTestCase

from lsm_crm.services.working_days import add_working_days, due_date, is_working_day


class TestWorkingDays(FrappeTestCase):
	def test_dutch_holidays(self):
		for day in (
			date(2026, 4, 3),
			date(2026, 4, 6),
			date(2026, 4, 27),
			date(2026, 5, 5),
			date(2026, 5, 14),
			date(2026, 12, 25),
		):
			self.assertFalse(is_working_day(day), day)
		self.assertTrue(is_working_day(date(2026, 4, 2)))
		self.assertFalse(is_working_day(date(2025, 4, 26)))  # King's Day on a Saturday, as the 27th is a Sunday

	def test_over_easter_and_over_new_year(self):
		self.assertEqual(add_working_days(date(2026, 4, 2), 1), date(2026, 4, 7))
		self.assertEqual(add_working_days(date(2026, 12, 24), 2), date(2026, 12, 29))
		self.assertEqual(add_working_days(date(2026, 4, 7), -1), date(2026, 4, 2))

	def test_terms_that_end_on_a_closed_day_move_on(self):
		self.assertEqual(due_date(date(2026, 3, 23), 6, "Weeks"), date(2026, 5, 4))
		self.assertEqual(due_date(date(2026, 3, 24), 6, "Weeks"), date(2026, 5, 6))  # Liberation Day
		self.assertEqual(due_date(date(2026, 1, 31), 1, "Months"), date(2026, 3, 2))  # 28 February is a Saturday

	def test_the_change_of_the_clock_takes_no_day(self):
		self.assertEqual(due_date(date(2026, 3, 27), 3, "Days"), date(2026, 3, 30))
		self.assertEqual(due_date(date(2026, 10, 23), 3, "Working days"), date(2026, 10, 28))
