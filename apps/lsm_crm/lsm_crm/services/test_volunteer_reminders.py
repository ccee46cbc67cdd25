"""The clock: shifts from rules, reminders once, expiry, anniversaries; mail to one person in their language."""

from datetime import date

import frappe
from frappe.utils import add_days, add_to_date, getdate, now_datetime, today
from frappe.utils.jinja import get_email_from_template

from lsm_crm.services import recurrence, shift_maker, shift_places, volunteer_mail, volunteer_reminders
from lsm_crm.tests import factories
from lsm_crm.tests.caught_mail import CaughtMailTestCase


class TestVolunteerReminders(CaughtMailTestCase):
	def test_shifts_from_a_rule_once_and_without_holidays(self):
		rule = factories.make(
			"Shift Rule",
			title="Eatery",
			role="Cook",
			places=3,
			start_time="17:00:00",
			end_time="21:00:00",
			frequency="Monthly by Weekday",
			weekdays="Friday",
			positions="2nd and 4th",
			starts_on=today(),
			languages=[{"language": "ti", "skill": "Speaking", "level": "Good", "people": 1}],
		)
		until = add_days(today(), 200)
		made = shift_maker.make_shifts(rule.name, until)
		days = frappe.get_all("Volunteer Shift", {"shift_rule": rule.name}, pluck="rule_day", order_by="rule_day")
		expected = [
			d
			for d in (getdate(add_days(today(), n)) for n in range(201))
			if d.weekday() == 4 and (d.day - 1) // 7 + 1 in (2, 4) and not recurrence.holiday_name(d)
		]
		self.assertEqual(days, expected)
		self.assertEqual(len(made), len(expected))
		self.assertEqual(shift_maker.make_shifts(rule.name, until), [])
		shift = frappe.get_doc("Volunteer Shift", made[0])
		self.assertEqual((shift.places, len(shift.languages), shift.starts_at.hour), (3, 1, 17))

	def test_a_rule_that_cannot_be_followed_says_so(self):
		with self.assertRaisesRegex(frappe.ValidationError, "which weeks of the month"):
			factories.make(
				"Shift Rule",
				title="X",
				role="Cook",
				places=1,
				start_time="17:00:00",
				end_time="21:00:00",
				frequency="Monthly by Weekday",
				weekdays="Friday",
				starts_on=today(),
			)

	def test_a_night_shift_ends_the_next_day(self):
		rule = frappe._dict(start_time="22:00:00", end_time="02:00:00")
		begins, ends = shift_maker.times_on(rule, date(2026, 3, 28))
		self.assertEqual((ends - begins).total_seconds(), 4 * 3600)

	def test_reminder_of_a_shift_once(self):
		person = factories.make_active_volunteer(preferred_language="en")
		soon = factories.make_shift(start=add_to_date(now_datetime(), hours=30).strftime("%Y-%m-%d %H:%M:%S"))
		shift_places.take(soon.name, person.name)
		self.sent.clear()
		volunteer_reminders.remind_of_shifts()
		volunteer_reminders.remind_of_shifts()
		(subject,) = self.subjects_to(person.name)
		self.assertIn("Reminder of your shift", subject)

	def test_renewal_in_time_then_the_coordinator_is_told(self):
		person = factories.make_active_volunteer(["Tutor"])
		user = factories.make_user("LSM Volunteer Coordinator", email="vc-clock@example.org").name
		item = frappe.get_doc("Screening Item", {"volunteer": person.name, "requirement": "VOG"})
		item.valid_until = add_days(today(), 91)
		item.save()
		volunteer_reminders.remind_of_screening()
		self.assertEqual(self.subjects_to(person.name), [])
		frappe.db.set_value("Screening Item", item.name, "valid_until", add_days(today(), 90))
		volunteer_reminders.remind_of_screening()
		volunteer_reminders.remind_of_screening()
		self.assertEqual(len(self.subjects_to(person.name)), 1)
		frappe.db.set_value("Screening Item", item.name, "valid_until", add_days(today(), -1))
		volunteer_reminders.tell_of_expiry()
		volunteer_reminders.tell_of_expiry()
		told = frappe.get_all("Notification Log", {"for_user": user, "document_name": item.name}, pluck="subject")
		self.assertEqual(len(told), 1)
		self.assertIn("VOG", told[0])

	def test_anniversaries(self):
		since = date(2024, 2, 29)
		self.assertTrue(volunteer_reminders.is_anniversary(since, date(2025, 2, 28)))
		self.assertFalse(volunteer_reminders.is_anniversary(since, date(2028, 2, 28)))
		self.assertTrue(volunteer_reminders.is_anniversary(since, date(2028, 2, 29)))
		self.assertFalse(volunteer_reminders.is_anniversary(since, since))
		person = factories.make_active_volunteer(preferred_language="en")
		person.db_set("active_since", add_to_date(getdate(), years=-2))
		for _run in range(2):
			volunteer_reminders.thank_at_anniversaries()
		self.assertEqual(self.subjects_to(person.name), ["Thank you for 2 year(s) with us"])

	def test_every_mail_in_every_language_with_direction_and_no_place_left_open(self):
		values = {name: "X" for name in ("title", "when", "venue", "requirement", "until", "years")}
		for code in ("nl", "en", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti"):
			for key in volunteer_mail.TEXTS:
				subject, parts = volunteer_mail.compose(key, code, "<b>Selam</b>", "https://example.org/x", **values)
				html, text = get_email_from_template("volunteer", parts)
				self.assertNotIn("{", subject + html + text)
				self.assertIn(f'lang="{code}" dir="{"rtl" if code in ("ar", "fa") else "ltr"}"', html)
				self.assertNotIn("<b>Selam", html)
				self.assertTrue("https://example.org/x" in text or not parts["button"])
