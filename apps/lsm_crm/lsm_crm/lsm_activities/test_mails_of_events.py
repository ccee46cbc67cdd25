"""What visitors hear and when, feedback without a name, health data that goes, suggestions for groups."""

from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.exceptions import ChildSafetyError
from lsm_crm.services import event_feedback, lessons, pairing, registrations
from lsm_crm.tests.activity_factories import make_confirmed_lesson, make_event, make_registration, published, user_of
from lsm_crm.tests.factories import make


class TestMails(FrappeTestCase):
	def test_reminded_once(self):
		soon = published(make_event(starts_on=add_to_date(now_datetime(), hours=20)))
		later = published(make_event(starts_on=add_to_date(now_datetime(), days=5)))
		make_registration(soon.name, email="a@example.org")
		make_registration(later.name, email="b@example.org")
		with patch("lsm_crm.services.notices.tell", return_value=True) as tell:
			registrations.remind()
			registrations.remind()
		told = [call.args[0] for call in tell.call_args_list]
		self.assertEqual((told.count("a@example.org"), told.count("b@example.org")), (1, 0))

	def test_every_text_can_be_written_in_every_language(self):
		from lsm_crm.constants import LANGUAGES

		sent = []
		with (
			patch("lsm_crm.services.notices.frappe.sendmail", side_effect=lambda **mail: sent.append(mail)),
			patch("lsm_crm.services.notices.frappe.db.exists", return_value=True),
		):
			for language in LANGUAGES:
				from lsm_crm.services import notices

				notices.tell("x@example.org", language, lambda: ("Subject", ["<b>Text</b>"]), link=("Open", "/link"))
		self.assertEqual(len(sent), len(LANGUAGES))
		self.assertTrue(all("<b>" not in mail["message"] for mail in sent))
		self.assertIn('dir="rtl"', sent[LANGUAGES.index("ar")]["message"])

	def test_parents_are_asked_now_and_again_and_stay_nameless(self):
		lead = user_of("lead")
		lesson = make_confirmed_lesson(lead, user_of("coordinator"), pupils=2)
		came, away = (row.pupil for row in lesson.attendance)
		for pupil, address in ((came, "ouder@example.org"), (away, "elders@example.org")):
			frappe.db.set_value("Pupil", pupil, {"guardian_email": address, "guardian_language": "ti"})
		with patch("lsm_crm.services.notices.tell", return_value=True) as tell:
			for number in range(event_feedback.LESSONS_BETWEEN):
				self.assertEqual(tell.call_count, 0)
				if number:
					lesson = frappe.copy_doc(lesson)
					lesson.state = "Confirmed"
					lesson.insert()
				presences = {came: "Present", away: "Absent"}
				lessons.hold(lesson.name, presences, {row.user for row in lesson.adults}, "")
		(call,) = tell.call_args_list
		self.assertEqual(call.args[:2], ("ouder@example.org", "ti"))
		self.assertIn("/link/tutoring/", call.kwargs["link"][1])
		row = frappe.db.get_value("Lesson Attendance", {"parent": lesson.name, "pupil": came})
		self.assertIn(row, call.kwargs["link"][1])
		event_feedback.give_as_parent(row, "5", "Fine")
		event_feedback.give_as_parent(row, "4", "Good")
		with self.assertRaises(frappe.ValidationError):
			event_feedback.give_as_parent(row, "0", "")
		(stored,) = frappe.get_all("Event Feedback", {"tutoring_group": lesson.tutoring_group}, ["name", "rating"])
		self.assertEqual(stored.rating, 4)
		self.assertEqual(frappe.db.get_value("Tutoring Group", lesson.tutoring_group, "parents_rating"), 4)
		self.assertNotIn(row, frappe.as_json(frappe.get_doc("Event Feedback", stored.name)))
		for user, count in ((lead, 1), (user_of("lead", 2), 0)):
			frappe.set_user(user)
			self.assertEqual(len(frappe.get_list("Event Feedback", {"name": stored.name})), count)
		frappe.set_user("Administrator")

	def test_feedback_says_no_name(self):
		event = published(make_event())
		one, two = make_registration(event.name), make_registration(event.name)
		event_feedback.give(one.name, "5", "Fine")
		event_feedback.give(one.name, "3", "Fine")
		event_feedback.give(two.name, "4", "")
		with self.assertRaises(frappe.ValidationError):
			event_feedback.give(two.name, "6", "")
		rows = frappe.get_all("Event Feedback", {"event": event.name}, ["name", "rating", "owner"])
		self.assertEqual(sorted(row.rating for row in rows), [3, 4])
		self.assertFalse({row.name for row in rows} & {one.name, two.name})
		self.assertEqual(frappe.db.get_value("LSM Event", event.name, "rating"), 3.5)

	def test_allergies_of_visitors_go(self):
		event = published(make_event())
		person = make_registration(event.name, allergies="Nuts")
		registrations.forget_allergies()
		self.assertEqual(frappe.db.get_value("Event Registration", person.name, "allergies"), "Nuts")
		past = add_days(now_datetime(), -40)
		frappe.db.set_value("LSM Event", event.name, {"starts_on": past, "ends_on": past})
		registrations.forget_allergies()
		self.assertIsNone(frappe.db.get_value("Event Registration", person.name, "allergies"))


class TestLessons(FrappeTestCase):
	def pupil(self, **values):
		return make(
			"Pupil",
			**{
				"first_name": "Kind",
				"last_name": "Voorbeeld",
				"date_of_birth": add_to_date(getdate(), years=-14),
				"guardian_name": "Ouder",
				"guardian_phone": "+31 6 00000000",
				"consent_given": 1,
				"consent_on": getdate(),
				"status": "Active",
				"subjects": [{"subject": "Biology"}],
				"school_type": "Havo",
				"language": "ar",
				"area": "Boshuizen",
				**values,
			},
		)

	def group(self, **values):
		return make(
			"Tutoring Group",
			**{"title": "Group", "subject": "Biology", "lead": user_of("lead"), "mode": "In Person", **values},
		)

	def test_groups_with_reasons(self):
		near = self.group(title="Near", area="Boshuizen", language="ar", school_type="Havo")
		far = self.group(title="Far", area="Merenwijk", school_type="Vwo")
		self.group(title="Other subject", subject="French", area="Boshuizen")
		full = self.group(title="Full", area="Boshuizen", places=1, pupils=[{"pupil": self.pupil().name}])
		found = [row for row in pairing.groups_for(self.pupil()) if row["group"] in (near.name, far.name, full.name)]
		self.assertEqual([row["title"] for row in found], ["Near", "Far"])
		self.assertEqual(len(found[0]["reasons"]), 4)
		self.assertEqual(len(found[1]["against"]), 2)

	def test_rides(self):
		asks = self.pupil(ride_sharing="Asks for a Ride")
		offers = self.pupil(ride_sharing="Offers a Ride")
		far = self.pupil(ride_sharing="Offers a Ride", area="Merenwijk")
		also_asks = self.pupil(ride_sharing="Asks for a Ride")
		names = [row.name for row in pairing.rides_for(asks)]
		self.assertIn(offers.name, names)
		self.assertFalse({far.name, also_asks.name, asks.name} & set(names))

	def test_attendance_needs_two_adults(self):
		pupil = self.pupil()
		group = self.group(mode="Online", pupils=[{"pupil": pupil.name}])
		past = add_to_date(now_datetime(), hours=-2)
		lesson = make(
			"Lesson",
			tutoring_group=group.name,
			mode="Online",
			starts_on=past,
			ends_on=add_to_date(past, hours=1),
			adults=[{"user": user_of("lead")}, {"user": user_of("coordinator")}],
		)
		both = {user_of("lead"), user_of("coordinator")}
		with self.assertRaisesRegex(ChildSafetyError, "confirmed first"):
			lessons.hold(lesson.name, {pupil.name: "Present"}, both, "")
		lesson.reload()
		lesson.state = "Confirmed"
		lesson.save()
		with self.assertRaisesRegex(ChildSafetyError, "Two adults must have been there"):
			lessons.hold(lesson.name, {pupil.name: "Present"}, {user_of("lead")}, "")
		lessons.hold(lesson.name, {pupil.name: "Present"}, both, "Chapter 3")
		lesson.reload()
		self.assertEqual((lesson.state, lesson.attendance[0].presence), ("Held", "Present"))
