"""Rooms, events, series, seniors, tutoring, Kidsoase, translations: each rule allowed and refused."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.exceptions import (
	ChildSafetyError,
	ConflictOfInterestError,
	NoPlaceError,
	ReadOnlyStateError,
	RoomTakenError,
	TransitionError,
)
from lsm_crm.services import activity_series, children, kidsoase, registrations, rooms, seniors
from lsm_crm.tests.activity_factories import make_event, make_registration, published, user_of
from lsm_crm.tests.factories import make, make_client, make_user

HALL = "Vogelvlucht - Hall"


class Case(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.lead, cls.other_lead = user_of("lead"), user_of("lead", 2)
		cls.coordinator = user_of("coordinator")

	def tearDown(self):
		frappe.set_user("Administrator")

	def at(self, days: int, hour: int) -> datetime:
		return datetime.combine(add_days(getdate(), days), datetime.min.time()) + timedelta(hours=hour)


class TestRooms(Case):
	def group(self):
		return make(
			"Tutoring Group",
			title="Mathematics, havo 2",
			subject="Mathematics",
			lead=self.lead,
			venue="Vogelvlucht",
			room=HALL,
		)

	def takers(self, starts):
		"""One unsaved document of each DocType that takes a room, all at the same time."""
		senior = make(
			"Senior Activity",
			title="Walk",
			area="Merenwijk",
			lead=self.lead,
			starts_on=starts.date(),
			ends_on=starts.date(),
		)
		common = {"venue": "Vogelvlucht", "room": HALL, "starts_on": starts, "ends_on": starts + timedelta(hours=2)}
		event = {"doctype": "LSM Event", "title": "Evening", "event_type": "Meeting", "lead": self.lead}
		return [
			frappe.get_doc({**event, **common}),
			frappe.get_doc({"doctype": "Senior Session", "senior_activity": senior.name, **common}),
			frappe.get_doc({"doctype": "Lesson", "tutoring_group": self.group().name, **common}),
			frappe.get_doc({"doctype": "Kidsoase Day", "title": "Kidsoase", "lead": self.lead, **common}),
		]

	def test_no_two_kinds_share_a_room(self):
		self.assertEqual({doc.doctype for doc in self.takers(self.at(60, 10))}, set(rooms.TAKERS))
		for index in range(4):
			starts = self.at(70 + index, 10)
			docs = self.takers(starts)
			docs[index].insert()
			for other in [*docs[:index], *docs[index + 1 :]]:
				with self.assertRaisesRegex(RoomTakenError, "Vogelvlucht - Hall is taken: .* 10:00"):
					other.insert()

	def test_every_doctype_with_a_room_and_a_time_is_asked(self):
		fields = frappe.get_all("DocField", {"fieldtype": "Link", "options": "Venue Room"}, pluck="parent")
		timed = frappe.get_all("DocField", {"fieldname": "starts_on", "fieldtype": "Datetime"}, pluck="parent")
		self.assertEqual(set(fields) & set(timed), set(rooms.TAKERS))

	def test_one_after_the_other_is_no_clash(self):
		starts = self.at(80, 10)
		make_event(venue="Vogelvlucht", starts_on=starts)
		make_event(venue="Vogelvlucht", starts_on=starts + timedelta(hours=2))
		with self.assertRaises(RoomTakenError):
			make_event(venue="Vogelvlucht", starts_on=starts + timedelta(hours=1))

	def test_a_cancelled_use_frees_the_room(self):
		starts = self.at(81, 10)
		event = make_event(venue="Vogelvlucht", starts_on=starts)
		event.update({"workflow_state": "Cancelled", "cancel_reason": "Storm"})
		event.save()
		make_event(venue="Vogelvlucht", starts_on=starts)
		event.reload()
		with self.assertRaises(frappe.ValidationError):
			event.workflow_state = "Published"
			event.save()

	def test_a_house_with_rooms_asks_which(self):
		with self.assertRaisesRegex(frappe.ValidationError, "Choose a room"):
			make_event(venue="Speeltuin Westerkwartier")
		with self.assertRaisesRegex(frappe.ValidationError, "not a room of"):
			make_event(venue="Speeltuin Westerkwartier", room=HALL)


class TestEvents(Case):
	def test_publishing_needs_a_place(self):
		event = make_event(place_note=None)
		with self.assertRaisesRegex(TransitionError, "Where is it"):
			published(event)

	def test_only_the_lead_changes_it(self):
		event = make_event(lead=self.lead)
		frappe.set_user(self.other_lead)
		self.assertFalse(frappe.has_permission("LSM Event", "write", event.name))
		frappe.set_user(self.lead)
		doc = frappe.get_doc("LSM Event", event.name)
		doc.title = "New title"
		doc.save()
		doc.lead = self.other_lead
		with self.assertRaises(frappe.PermissionError):
			doc.save()

	def test_a_completed_event_keeps_its_date(self):
		event = published(make_event(lead=self.lead))
		event.workflow_state = "Running"
		event.save()
		event.update({"workflow_state": "Completed", "head_count": 12})
		event.save()
		frappe.set_user(self.lead)
		doc = frappe.get_doc("LSM Event", event.name)
		doc.takings = 40
		doc.save()
		doc.title = "Other"
		with self.assertRaises(ReadOnlyStateError):
			doc.save()

	def test_children_need_two_adults(self):
		event = make_event(event_type="Children's activity", team=[{"user": self.lead, "task": "Host"}])
		with self.assertRaisesRegex(ChildSafetyError, "Two adults"):
			published(event)
		event.reload()
		event.append("team", {"user": self.coordinator, "task": "Helper"})
		published(event)


class TestRegistrations(Case):
	def test_full_then_waiting_then_offered_in_turn(self):
		event = published(make_event(capacity=2, registration="Needed"))
		first = make_registration(event.name, places=2)
		second = make_registration(event.name, places=2)
		third = make_registration(event.name, places=1)
		self.assertEqual([first.status, second.status, third.status], ["Registered", "Waiting", "Waiting"])
		registrations.cancel(first.name)
		second.reload()
		third.reload()
		self.assertEqual([second.status, third.status], ["Offered", "Waiting"])
		registrations.accept(second.name)
		self.assertEqual(frappe.db.get_value("Event Registration", second.name, "status"), "Registered")
		self.assertEqual(frappe.db.get_value("LSM Event", event.name, "places_taken"), 2)

	def test_a_newcomer_does_not_pass_the_line(self):
		event = published(make_event(capacity=3))
		make_registration(event.name, places=2)
		make_registration(event.name, places=2)
		self.assertEqual(make_registration(event.name, places=1).status, "Waiting")

	def test_an_offer_that_nobody_takes_goes_on(self):
		event = published(make_event(capacity=1))
		first, second, third = (make_registration(event.name) for _i in range(3))
		registrations.cancel(first.name)
		frappe.db.set_value("Event Registration", second.name, "offer_ends_on", add_to_date(now_datetime(), hours=-1))
		with self.assertRaises(NoPlaceError):
			registrations.accept(second.name)
		registrations.end_old_offers()
		second.reload()
		third.reload()
		self.assertEqual([second.status, third.status], ["Cancelled", "Offered"])

	def test_refused_without_waiting_list_and_when_closed(self):
		event = published(make_event(capacity=1, waiting_list=0))
		make_registration(event.name)
		with self.assertRaisesRegex(NoPlaceError, "0 places left"):
			make_registration(event.name)
		with self.assertRaises(NoPlaceError):
			make_registration(make_event().name)
		with self.assertRaises(NoPlaceError):
			make_registration(published(make_event(registration="Closed")).name)

	def test_status_is_not_typed_in(self):
		event = published(make_event(capacity=1, lead=self.lead))
		make_registration(event.name)
		frappe.set_user(self.lead)
		doc = frappe.get_doc(
			{
				"doctype": "Event Registration",
				"event": event.name,
				"person_name": "X",
				"places": 1,
				"status": "Attended",
			}
		).insert()
		self.assertEqual(doc.status, "Waiting")
		doc.status = "Registered"
		doc.save()
		self.assertEqual(frappe.db.get_value("Event Registration", doc.name, "status"), "Waiting")

	def test_cancelling_the_event_tells_everyone_once(self):
		event = published(make_event(capacity=1))
		make_registration(event.name, email="a@example.org", language="en")
		make_registration(event.name, email="b@example.org", language="ar")
		with patch("lsm_crm.services.notices.tell", return_value=True) as tell:
			event.reload()
			with self.assertRaisesRegex(TransitionError, "Say why"):
				event.workflow_state = "Cancelled"
				event.save()
			event.reload()
			event.update({"workflow_state": "Cancelled", "cancel_reason": "Storm"})
			event.save()
			registrations.tell_cancelled(frappe.get_doc("LSM Event", event.name))
		self.assertEqual(
			{call.args[:2] for call in tell.call_args_list}, {("a@example.org", "en"), ("b@example.org", "ar")}
		)
		self.assertEqual(len(tell.call_args_list), 2)

	def test_no_shows_and_head_count(self):
		event = published(make_event())
		came, stayed_away = make_registration(event.name, places=3), make_registration(event.name)
		event.reload()
		event.workflow_state = "Running"
		event.save()
		registrations.check_in(came.name)
		event.reload()
		event.workflow_state = "Completed"
		event.save()
		stayed_away.reload()
		self.assertEqual((event.head_count, stayed_away.status), (3, "No-show"))

	def test_a_lead_reads_only_own_registrations(self):
		mine = make_registration(published(make_event(lead=self.lead)).name)
		theirs = make_registration(published(make_event(lead=self.other_lead)).name)
		frappe.set_user(self.lead)
		names = frappe.get_list("Event Registration", pluck="name", limit=0)
		self.assertIn(mine.name, names)
		self.assertNotIn(theirs.name, names)
		self.assertFalse(frappe.has_permission("Event Registration", "read", theirs.name))


class TestSeries(Case):
	def series(self, **values):
		return make(
			"Activity Series",
			**{
				"title": "Wereldkeuken",
				"makes": "LSM Event",
				"lead": self.lead,
				"event_type": "Eatery evening",
				"frequency": "Monthly by Weekday",
				"positions": "2, 4",
				"friday": 1,
				"interval": 1,
				"starts_on": "2026-01-01",
				"start_time": "19:00:00",
				"end_time": "21:00:00",
				"venue": "Speeltuin Westerkwartier",
				"room": "Speeltuin Westerkwartier - Large Hall",
				**values,
			},
		)

	def test_second_and_fourth_friday_without_holidays(self):
		series = self.series()
		found = activity_series.days(series, date(2026, 12, 1), date(2027, 1, 31))
		# 25 December is the fourth Friday and a holiday
		self.assertEqual(found, [date(2026, 12, 11), date(2027, 1, 8), date(2027, 1, 22)])

	def test_school_holidays_are_skipped(self):
		tuesdays = {"frequency": "Weekly", "positions": None, "friday": 0, "tuesday": 1}
		series = self.series(**tuesdays, skip_school_holidays=1)
		found = activity_series.days(series, date(2026, 10, 12), date(2026, 10, 31))
		self.assertEqual(found, [date(2026, 10, 13), date(2026, 10, 27)])

	def test_nineteen_hours_stays_nineteen_over_the_clock_change(self):
		series = self.series(frequency="Weekly", positions=None)
		for day in (date(2027, 3, 26), date(2027, 4, 2), date(2027, 10, 29), date(2027, 11, 5)):
			self.assertEqual(activity_series._times(series, day)[0].hour, 19)

	def test_made_once_and_exceptions_touch_one_date(self):
		series = self.series(
			starts_on=getdate(),
			frequency="Weekly",
			positions=None,
			skip_public_holidays=0,
			weeks_ahead=5,
			start_time="06:00:00",
			end_time="07:00:00",
		)
		made = activity_series.make_dates(series.name)["made"]
		self.assertEqual(len(made), 5)
		self.assertEqual(activity_series.make_dates(series.name)["made"], [])
		series.reload()
		first, second = (frappe.get_doc("LSM Event", name) for name in made[:2])
		series.append("exceptions", {"day": first.series_day, "action": "Cancelled", "reason": "Storm"})
		series.append(
			"exceptions", {"day": second.series_day, "action": "Moved", "new_day": add_days(second.series_day, 1)}
		)
		series.save()
		activity_series.make_dates(series.name)
		first.reload()
		second.reload()
		self.assertEqual(first.workflow_state, "Cancelled")
		self.assertEqual(second.starts_on.date(), getdate(add_days(second.series_day, 1)))
		self.assertEqual(activity_series.make_dates(series.name)["made"], [])

	def test_a_taken_room_stops_one_date(self):
		series = self.series(
			starts_on=getdate(),
			frequency="Weekly",
			positions=None,
			friday=0,
			wednesday=1,
			skip_public_holidays=0,
			weeks_ahead=3,
			start_time="09:00:00",
			end_time="10:00:00",
		)
		day = activity_series.days(series, getdate(), getdate(add_days(getdate(), 21)))[1]
		make_event(
			venue=series.venue,
			room=series.room,
			starts_on=datetime.combine(day, datetime.min.time()) + timedelta(hours=9),
		)
		result = activity_series.make_dates(series.name)
		self.assertEqual(len(result["made"]), 2)
		self.assertEqual([refused[0] for refused in result["refused"]], [day])


class TestSeniors(Case):
	def activity(self, **values):
		doc = make(
			"Senior Activity",
			**{
				"title": "Walking club",
				"area": "Boshuizen",
				"lead": self.lead,
				"venue": "Vogelvlucht",
				"starts_on": getdate(),
				"ends_on": add_days(getdate(), 60),
				"capacity": 1,
				**values,
			},
		)
		doc.workflow_state = "Published"
		return doc.save()

	def person(self, activity, **values):
		return make(
			"Senior Registration",
			**{
				"senior_activity": activity.name,
				"person_name": "Mw. Voorbeeld",
				"phone": "+31 71 0000000",
				"emergency_name": "Dochter",
				"emergency_phone": "+31 6 00000000",
				"status": "Taking Part",
				**values,
			},
		)

	def test_full_and_emergency_contact(self):
		activity = self.activity()
		with self.assertRaisesRegex(frappe.ValidationError, "emergency"):
			self.person(activity, emergency_name=None)
		self.person(activity)
		with self.assertRaisesRegex(NoPlaceError, "waiting list"):
			self.person(activity)
		self.person(activity, status="Waiting")

	def test_transport_needs_an_address(self):
		with self.assertRaisesRegex(frappe.ValidationError, "picked up"):
			self.person(self.activity(), transport_there=1)

	def test_staying_away_twice_asks_for_a_call(self):
		activity = self.activity()
		person = self.person(activity)
		for day in (1, 2):
			session = make(
				"Senior Session",
				senior_activity=activity.name,
				starts_on=self.at(90 + day, 10),
				ends_on=self.at(90 + day, 12),
			)
			self.assertEqual(len(session.attendance), 1)
			session.state = "Held"
			with self.assertRaisesRegex(frappe.ValidationError, "everyone on the list"):
				session.save()
			session.reload()
			session.state = "Held"
			session.attendance[0].presence = "Absent"
			session.save()
		todos = frappe.get_all("ToDo", {"reference_name": person.name}, ["allocated_to"])
		self.assertEqual([row.allocated_to for row in todos], [self.lead])
		person.reload()
		self.assertEqual(person.absences_in_a_row, 2)

	def test_figures_hold_no_person(self):
		for row in seniors.figures(getdate().year):
			self.assertLessEqual(set(row), {"area", "sessions", "people", "visits", "hours", "satisfaction"})


class TestTutoring(Case):
	def pupil(self, years: int = 14, **values):
		return make(
			"Pupil",
			**{
				"first_name": "Kind",
				"last_name": "Voorbeeld",
				"date_of_birth": add_to_date(getdate(), years=-years, days=-10),
				"guardian_name": "Ouder",
				"guardian_phone": "+31 6 00000000",
				"consent_given": 1,
				"consent_on": getdate(),
				"status": "Active",
				"subjects": [{"subject": "Mathematics"}],
				**values,
			},
		)

	def lesson(self, **values):
		group = make(
			"Tutoring Group",
			title="Group",
			subject="Mathematics",
			lead=self.lead,
			mode="Online",
			pupils=[{"pupil": self.pupil().name}],
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
		self.pupil(12)
		self.pupil(17)
		for years in (11, 18):
			with self.assertRaisesRegex(ChildSafetyError, "12 to 17"):
				self.pupil(years)
			self.pupil(years, age_reason="Finishes the school year with the group")
			with self.assertRaises(ChildSafetyError):
				self.pupil(years, age_reason="   ")

	def test_consent_first(self):
		with self.assertRaisesRegex(ChildSafetyError, "not agreed"):
			self.pupil(consent_given=0)
		with self.assertRaisesRegex(ChildSafetyError, "future"):
			self.pupil(consent_on=add_days(getdate(), 1))

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

	def test_inactive_pupils_are_in_no_group(self):
		with self.assertRaisesRegex(ChildSafetyError, "not active"):
			make(
				"Tutoring Group",
				title="Group",
				subject="Mathematics",
				lead=self.lead,
				pupils=[{"pupil": self.pupil(status="Applied").name}],
			)

	def test_a_lead_sees_own_pupils(self):
		mine, theirs = self.pupil(lead=self.lead), self.pupil(lead=self.other_lead)
		frappe.set_user(self.lead)
		names = frappe.get_list("Pupil", pluck="name", limit=0)
		self.assertIn(mine.name, names)
		self.assertNotIn(theirs.name, names)
		self.assertFalse(frappe.has_permission("Pupil", "read", theirs.name))


class TestKidsoase(Case):
	def child(self, born, **values):
		return make(
			"Kidsoase Child",
			**{
				"first_name": "Kind",
				"last_name": "Voorbeeld",
				"date_of_birth": born,
				"guardian_name": "Ouder",
				"guardian_phone": "+31 6 00000000",
				"consent_given": 1,
				"consent_on": getdate(),
				"known_adults": [{"adult_name": "Tante", "may_collect": 0}],
				**values,
			},
		)

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
		kidsoase.check_out(day.name, child.name, "Ouder")
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


class TestOtherHelp(Case):
	def test_energy_ratio(self):
		request = make("Help Request", topics=[{"topic": "Energy"}], language="nl")
		intake = make(
			"Energy Intake",
			help_request=request.name,
			worker=user_of("worker"),
			intake_date=getdate(),
			cost_before=250,
			monthly_income=2000,
			measures=[{"measure": "Draught Strips", "saving_per_month": 20, "done_on": getdate()}],
		)
		self.assertEqual((intake.energy_ratio, intake.energy_poor, intake.saving_per_month), (12.5, 1, 20))
		intake.cost_before = 200
		intake.save()
		self.assertEqual(intake.energy_poor, 0)

	def translation(self, **values):
		frappe.set_user(user_of("worker"))
		doc = frappe.get_doc(
			{
				"doctype": "Translation Request",
				"kind": "Text",
				"from_language": "ar",
				"to_language": "nl",
				"deadline": add_days(now_datetime(), 3),
				**values,
			}
		).insert()
		frappe.set_user("Administrator")
		return doc

	def test_words_are_readable_only_to_who_works_on_them(self):
		request = self.translation()
		frappe.set_user(user_of("worker"))
		text = frappe.get_doc(
			{"doctype": "Translation Text", "translation_request": request.name, "source_text": "geheim woord"}
		).insert()
		stored = frappe.db.sql("select source_text from `tabTranslation Text` where name=%s", text.name)[0][0]
		self.assertNotIn("geheim", stored)
		frappe.set_user(self.coordinator)
		self.assertFalse(frappe.has_permission("Translation Text", "read", text.name))
		helper = user_of("helper")
		frappe.set_user(helper)
		self.assertFalse(frappe.has_permission("Translation Text", "read", text.name))
		frappe.set_user("Administrator")
		request.update({"translator": helper, "status": "Assigned"})
		request.save()
		frappe.set_user(helper)
		self.assertEqual(frappe.get_doc("Translation Text", text.name).source_text, "geheim woord")
		doc = frappe.get_doc("Translation Request", request.name)
		doc.status = "In Progress"
		doc.save()
		doc.deadline = add_days(now_datetime(), 9)
		with self.assertRaises(frappe.PermissionError):
			doc.save()

	def test_second_reader_and_order(self):
		request = self.translation()
		helper = user_of("helper")
		request.update({"translator": helper, "second_reader": helper})
		with self.assertRaisesRegex(frappe.ValidationError, "someone else"):
			request.save()
		request.reload()
		request.status = "Delivered"
		with self.assertRaises(TransitionError):
			request.save()

	def test_nobody_translates_for_their_own_household(self):
		helper = make_user("LSM Language Helper", email="relative@example.org")
		client = make_client()
		request = self.translation()
		with patch("lsm_crm.services.conflicts.find", return_value=[{"who": "x", "why": "Relative", "certain": True}]):
			request.update({"client": client.name, "translator": helper.name, "status": "Assigned"})
			with self.assertRaises(ConflictOfInterestError):
				request.save()

	def test_interviews_need_a_consent_of_their_own(self):
		values = {
			"title": "Thesis",
			"researcher_name": "Student",
			"institution": "Universiteit Leiden",
			"email": "student@example.org",
			"question": "How?",
		}
		row = {"participant": "P1", "interviewed_on": getdate()}
		with self.assertRaisesRegex(frappe.ValidationError, "consent"):
			make("Research Request", **values, interviews=[row])
		make("Research Request", **values, interviews=[{**row, "consent_given": 1, "consent_on": getdate()}])
