"""Onderwijsbrug and Kidsoase: each rule allowed and refused."""

import frappe
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.api import activities as activities_api
from lsm_crm.exceptions import ChildSafetyError
from lsm_crm.services import children, kidsoase
from lsm_crm.tests.activity_factories import ActivityCase, make_child, make_pupil
from lsm_crm.tests.factories import make, make_user


class TestTutoring(ActivityCase):
	def lesson(self, **values):
		group = make(
			"Tutoring Group",
			title="Group",
			subject="Mathematics",
			lead=self.lead,
			mode="Online",
			pupils=[{"pupil": make_pupil().name}],
		)
		adults = [{"user": self.lead}, {"user": self.coordinator, "task": "Second Adult"}]
		return make(
			"Lesson",
			**{
				"tutoring_group": group.name,
				"mode": "Online",
				"starts_on": self.at(3, 16),
				"ends_on": self.at(3, 17),
				"adults": adults,
				**values,
			},
		)

	def test_ages_and_their_exception(self):
		make_pupil(12)
		make_pupil(17)
		for years in (11, 18):
			with self.assertRaisesRegex(ChildSafetyError, "12 to 17"):
				make_pupil(years)
			make_pupil(years, age_reason="Finishes the school year with the group")
			with self.assertRaises(ChildSafetyError):
				make_pupil(years, age_reason="   ")

	def test_consent_first(self):
		with self.assertRaisesRegex(ChildSafetyError, "not agreed"):
			make_pupil(consent_given=0)
		with self.assertRaisesRegex(ChildSafetyError, "future"):
			make_pupil(consent_on=add_days(getdate(), 1))

	def test_two_adults_or_not_confirmed(self):
		lesson = self.lesson(adults=[{"user": self.lead}])
		lesson.state = "Confirmed"
		with self.assertRaisesRegex(ChildSafetyError, "Two adults"):
			lesson.save()
		lesson.reload()
		lesson.append("adults", {"user": self.lead, "task": "Second Adult"})
		with self.assertRaisesRegex(ChildSafetyError, "twice"):
			lesson.save()
		lesson = self.lesson()
		lesson.state = "Confirmed"
		lesson.save()
		lesson.adults = lesson.adults[:1]
		with self.assertRaises(ChildSafetyError):
			lesson.save()

	def test_online_needs_two_adults_too(self):
		with self.assertRaises(ChildSafetyError):
			self.lesson(state="Confirmed", adults=[{"user": self.lead}])

	def test_a_lesson_is_not_typed_in_as_held(self):
		with self.assertRaises(ChildSafetyError):
			self.lesson(state="Held")

	def test_an_account_that_was_closed_is_no_adult(self):
		gone = make_user("LSM Activity Lead", email="gone@example.org")
		frappe.db.set_value("User", gone.name, "enabled", 0)
		with self.assertRaisesRegex(ChildSafetyError, "no longer"):
			self.lesson(state="Confirmed", adults=[{"user": self.lead}, {"user": gone.name}])

	def test_needs_beyond_tutoring_become_one_referral(self):
		pupil = make_pupil(lead=self.lead, guardian_language="ti")
		frappe.set_user(self.coordinator)
		with self.assertRaisesRegex(frappe.ValidationError, "beyond tutoring"):
			activities_api.refer_pupil(pupil.name, "Leergeld Leiden")
		frappe.set_user(self.lead)
		doc = frappe.get_doc("Pupil", pupil.name)
		doc.other_needs = "Sleeps badly since the move"
		doc.save()
		with self.assertRaises(frappe.PermissionError):
			activities_api.refer_pupil(pupil.name, "Leergeld Leiden")
		frappe.set_user(self.coordinator)
		name = activities_api.refer_pupil(pupil.name, "Leergeld Leiden")
		self.assertEqual(activities_api.refer_pupil(pupil.name, "Leergeld Leiden"), name)
		referral = frappe.get_doc("Referral", name)
		self.assertEqual((referral.workflow_state, referral.topic, referral.language), ("Offered", "Education", "ti"))
		# the partner learns of a child and nothing about it: no consent has been given for more
		self.assertFalse(referral.client or referral.message)
		self.assertEqual(frappe.db.get_value("Pupil", pupil.name, "referral"), name)

	def test_rides_are_matched_in_one_part_of_town(self):
		asks = make_pupil(area="Merenwijk", ride_sharing="Asks for a Ride")
		offers = make_pupil(area="Merenwijk", ride_sharing="Offers a Ride")
		make_pupil(area="Boshuizen", ride_sharing="Offers a Ride")
		make_pupil(area="Merenwijk", ride_sharing="Offers a Ride", status="Applied", consent_given=0)
		frappe.set_user(self.coordinator)
		found = [row["name"] for row in activities_api.suggest_rides(asks.name)]
		self.assertIn(offers.name, found)
		areas = {frappe.db.get_value("Pupil", name, "area") for name in found}
		states = {frappe.db.get_value("Pupil", name, "status") for name in found}
		self.assertEqual((areas, states), ({"Merenwijk"}, {"Active"}))
		frappe.set_user(self.lead)
		with self.assertRaises(frappe.PermissionError):
			activities_api.suggest_rides(asks.name)

	def test_inactive_pupils_are_in_no_group(self):
		with self.assertRaisesRegex(ChildSafetyError, "not active"):
			make(
				"Tutoring Group",
				title="Group",
				subject="Mathematics",
				lead=self.lead,
				pupils=[{"pupil": make_pupil(status="Applied").name}],
			)

	def test_a_lead_sees_own_pupils(self):
		mine, theirs = make_pupil(lead=self.lead), make_pupil(lead=self.other_lead)
		frappe.set_user(self.lead)
		names = frappe.get_list("Pupil", pluck="name", limit=0)
		self.assertIn(mine.name, names)
		self.assertNotIn(theirs.name, names)
		self.assertFalse(frappe.has_permission("Pupil", "read", theirs.name))


class TestKidsoase(ActivityCase):
	def child(self, born, **values):
		return make_child(date_of_birth=born, known_adults=[{"adult_name": "Tante", "may_collect": 0}], **values)

	def day(self, **values):
		return make(
			"Kidsoase Day",
			**{
				"lead": self.lead,
				"starts_on": self.at(5, 14),
				"ends_on": self.at(5, 16),
				"adults": [{"user": self.lead}, {"user": self.coordinator}],
				**values,
			},
		)

	def open_day(self, **values):
		day = self.day(**values)
		for state in ("Confirmed", "Open"):
			day.state = state
			day.save()
		return day

	def test_ages_inclusive_on_the_day(self):
		day = self.at(5, 14).date()
		six_that_day = add_to_date(day, years=-6)
		turns_six_later = add_days(six_that_day, 1)
		still_twelve = add_days(add_to_date(day, years=-13), 1)
		thirteen_that_day = add_to_date(day, years=-13)
		for born, good in ((six_that_day, 1), (turns_six_later, 0), (still_twelve, 1), (thirteen_that_day, 0)):
			visits = [{"child": self.child(born).name}]
			if good:
				self.day(visits=visits)
			else:
				with self.assertRaisesRegex(ChildSafetyError, "6 to 12"):
					self.day(visits=visits)

	def test_leap_day_children(self):
		self.assertEqual(children.age_on("2020-02-29", "2026-02-28"), 5)
		self.assertEqual(children.age_on("2020-02-29", "2026-03-01"), 6)

	def test_two_adults(self):
		day = self.day(adults=[{"user": self.lead}])
		day.state = "Confirmed"
		with self.assertRaisesRegex(ChildSafetyError, "Two adults"):
			day.save()

	def test_collected_only_by_who_may(self):
		child = self.child(add_to_date(getdate(), years=-8))
		day = self.open_day()
		with self.assertRaisesRegex(ChildSafetyError, "not on the list"):
			kidsoase.check_in(day.name, child.name, "A stranger")
		kidsoase.check_in(day.name, child.name, "Tante")
		with self.assertRaisesRegex(ChildSafetyError, "may not collect"):
			kidsoase.check_out(day.name, child.name, "Tante")
		day.reload()
		day.state = "Closed"
		with self.assertRaisesRegex(ChildSafetyError, "Still here"):
			day.save()
		kidsoase.check_out(day.name, child.name, child.guardian_name)
		day.reload()
		day.state = "Closed"
		day.save()

	def test_times_are_not_typed_in(self):
		child = self.child(add_to_date(getdate(), years=-8))
		day = self.open_day(visits=[{"child": child.name}])
		frappe.set_user(self.lead)
		doc = frappe.get_doc("Kidsoase Day", day.name)
		doc.visits[0].update({"checked_in_on": now_datetime(), "brought_by": "Nobody"})
		doc.save()
		self.assertFalse(frappe.get_doc("Kidsoase Day", day.name).visits[0].checked_in_on)

	def test_consent_and_photos_apart(self):
		born = add_to_date(getdate(), years=-8)
		with self.assertRaises(ChildSafetyError):
			self.child(born, consent_given=0)
		self.assertFalse(self.child(born).photo_consent)
