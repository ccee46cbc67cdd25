"""Dates of repeating things, checked against a plain walk over the calendar."""

import calendar
import unittest
from datetime import date, timedelta

from lsm_crm.services import recurrence
from lsm_crm.services.recurrence import RecurrenceError, Rule

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def walk(first, last):
	while first <= last:
		yield first
		first += timedelta(days=1)


class TestRecurrence(unittest.TestCase):
	def test_second_and_fourth_friday_of_a_year(self):
		rule = Rule("Monthly by Weekday", date(2026, 1, 1), weekdays=("Friday",), positions=(2, 4), skip_holidays=False)
		expected = [d for d in walk(*YEAR) if d.weekday() == 4 and (d.day - 1) // 7 + 1 in (2, 4)]
		self.assertEqual(recurrence.dates(rule, *YEAR), expected)
		self.assertEqual(len(expected), 24)

	def test_holidays_are_left_out_and_named(self):
		rule = Rule("Weekly", date(2026, 1, 1), weekdays=("Friday",))
		found = recurrence.dates(rule, *YEAR)
		self.assertNotIn(date(2026, 12, 25), found)
		self.assertIn(date(2026, 12, 18), found)
		self.assertIn("Christmas Day", {s.reason for s in recurrence.skips(rule, *YEAR)})

	def test_every_other_week_counts_from_the_start_and_not_from_the_question(self):
		rule = Rule("Weekly", date(2026, 1, 6), interval=2, weekdays=("Tuesday",), skip_holidays=False)
		expected = [d for d in walk(*YEAR) if d >= date(2026, 1, 6) and (d - date(2026, 1, 6)).days % 14 == 0]
		self.assertEqual(recurrence.dates(rule, *YEAR), expected)
		later = recurrence.dates(rule, date(2026, 6, 1), YEAR[1])
		self.assertEqual(later, [d for d in expected if d >= date(2026, 6, 1)])

	def test_monthly_by_date_and_last_day(self):
		rule = Rule("Monthly by Date", date(2026, 1, 31), month_days=(-1,), skip_holidays=False)
		expected = [date(2026, m, calendar.monthrange(2026, m)[1]) for m in range(1, 13)]
		self.assertEqual(recurrence.dates(rule, *YEAR), expected)

	def test_last_friday_and_a_start_late_in_the_month(self):
		rule = Rule("Monthly by Weekday", date(2026, 1, 31), weekdays=("Friday",), positions=(-1,), skip_holidays=False)
		found = recurrence.dates(rule, *YEAR)
		self.assertEqual(found[0], date(2026, 2, 27))
		self.assertEqual(len(found), 11)

	def test_skipped_and_extra_days(self):
		rule = Rule(
			"Weekly",
			date(2026, 3, 3),
			ends_on=date(2026, 3, 31),
			weekdays=("Tuesday",),
			skipped=frozenset({date(2026, 3, 10)}),
			extra=frozenset({date(2026, 3, 12)}),
		)
		days = [d.day for d in recurrence.dates(rule, *YEAR)]
		self.assertEqual(days, [3, 12, 17, 24, 31])

	def test_rules_that_no_calendar_can_follow(self):
		start = date(2026, 1, 1)
		wrong = {
			"frequency": Rule("Sometimes", start),
			"weekday": Rule("Weekly", start),
			"position": Rule("Monthly by Weekday", start, weekdays=("Friday",), positions=(0,)),
			"month_day": Rule("Monthly by Date", start, month_days=(32,)),
			"interval": Rule("Daily", start, interval=0),
			"order": Rule("Daily", start, ends_on=date(2025, 1, 1)),
		}
		for code, rule in wrong.items():
			with self.subTest(code), self.assertRaises(RecurrenceError) as refused:
				recurrence.dates(rule, *YEAR)
			self.assertEqual(refused.exception.code, code)
		with self.assertRaises(RecurrenceError):
			recurrence.dates(Rule("Daily", start), start, date(2126, 1, 1))

	def test_positions_as_people_type_them(self):
		for text in ("2,4", "2 & 4", "2nd and 4th", " 2 , 4 "):
			self.assertEqual(recurrence.positions_from_text(text), (2, 4))
		self.assertEqual(recurrence.positions_from_text("last"), (-1,))
		with self.assertRaises(RecurrenceError):
			recurrence.positions_from_text("second")


if __name__ == "__main__":
	unittest.main()
