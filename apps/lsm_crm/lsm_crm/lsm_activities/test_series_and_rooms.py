"""Rooms are booked once; a series makes its dates, each rule allowed and refused."""

from datetime import date, datetime, timedelta

import frappe
from frappe.utils import add_days, getdate

from lsm_crm.exceptions import RoomTakenError
from lsm_crm.public_site import agenda
from lsm_crm.services import activity_series, rooms, shift_maker
from lsm_crm.tests.activity_factories import ActivityCase, make_event, user_of
from lsm_crm.tests.factories import make, make_client

HALL = "Vogelvlucht - Hall"


class TestRooms(ActivityCase):
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
			self.shift(starts),
			self.appointment(starts),
		]

	def shift(self, starts, **values):
		ends = starts + timedelta(hours=2)
		common = {"title": "Walk-in hour", "role": "Front office", "places": 1, "room": HALL}
		return frappe.get_doc({"doctype": "Volunteer Shift", **common, "starts_at": starts, "ends_at": ends, **values})

	def appointment(self, starts):
		values = {"subject": "A secret matter", "client": make_client().name, "worker": user_of("worker"), "room": HALL}
		ends = starts + timedelta(hours=2)
		return frappe.get_doc({"doctype": "Client Appointment", **values, "starts_on": starts, "ends_on": ends})

	def test_no_two_kinds_share_a_room(self):
		self.assertEqual({doc.doctype for doc in self.takers(self.at(60, 10))}, set(rooms.TAKERS))
		for index in range(len(rooms.TAKERS)):
			starts = self.at(70 + index, 10)
			docs = self.takers(starts)
			docs[index].insert()
			for other in [*docs[:index], *docs[index + 1 :]]:
				with self.assertRaisesRegex(RoomTakenError, "Vogelvlucht - Hall is taken: .* 10:00"):
					other.insert()

	def test_every_doctype_with_a_room_and_a_time_is_asked(self):
		fields = frappe.get_all("DocField", {"fieldtype": "Link", "options": "Venue Room"}, pluck="parent")
		moments = {"fieldname": ("in", ("starts_on", "starts_at")), "fieldtype": "Datetime"}
		timed = frappe.get_all("DocField", moments, pluck="parent")
		self.assertEqual(set(fields) & set(timed), set(rooms.TAKERS))

	def test_shifts_share_a_room_with_each_other_and_with_what_they_are_for(self):
		starts = self.at(85, 10)
		event = make_event(venue="Vogelvlucht", starts_on=starts)
		with self.assertRaises(RoomTakenError):
			self.shift(starts).insert()
		for _number in range(2):
			self.shift(starts, reference_doctype="LSM Event", reference_name=event.name).insert()
		event.starts_on = starts + timedelta(minutes=30)
		event.save()
		with self.assertRaisesRegex(RoomTakenError, "Walk-in hour"):
			self.appointment(starts).insert()
		# a shift in the house that takes no room keeps nobody out
		self.shift(starts + timedelta(days=1), room=None, venue="Vogelvlucht").insert()
		make_event(venue="Vogelvlucht", starts_on=starts + timedelta(days=1))

	def test_what_an_appointment_is_about_is_not_told(self):
		starts = self.at(88, 10)
		self.appointment(starts).insert()
		with self.assertRaises(RoomTakenError) as refused:
			make_event(venue="Vogelvlucht", starts_on=starts)
		self.assertIn("Client Appointment", str(refused.exception))
		self.assertNotIn("secret", str(refused.exception))
		self.assertNotIn("APP-", str(refused.exception))

	def test_a_rule_makes_its_shift_without_the_room_that_is_taken(self):
		day = getdate(add_days(getdate(), 3))
		make_event(venue="Vogelvlucht", starts_on=datetime.combine(day, datetime.min.time()) + timedelta(hours=7))
		rule = make(
			"Shift Rule",
			title="Walk-in hour",
			role="Front office",
			room=HALL,
			places=1,
			start_time="07:30:00",
			end_time="08:30:00",
			frequency="Daily",
			every=1,
			starts_on=day,
			ends_on=add_days(day, 1),
			skip_holidays=0,
		)
		shift_maker.make_shifts(rule.name)
		found = frappe.get_all("Volunteer Shift", {"shift_rule": rule.name}, ["room", "note"], order_by="starts_at")
		self.assertEqual([row.room for row in found], [None, HALL])
		self.assertIn("is taken", found[0].note)

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


class TestSeries(ActivityCase):
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

	def test_a_school_year_without_holidays_is_said(self):
		series = self.series(skip_school_holidays=1, starts_on="2027-09-01")
		self.assertEqual(activity_series.unknown_school_years(date(2026, 11, 1), date(2028, 7, 1)), [])
		self.assertEqual(activity_series.holidays_missing(series, date(2028, 6, 1)), [])
		years = activity_series.unknown_school_years(date(2028, 7, 1), date(2030, 8, 1))
		self.assertEqual(years, ["2028-2029", "2029-2030", "2030-2031"])
		(sentence,) = activity_series.holidays_missing(series, date(2028, 9, 30))
		self.assertIn("2028-2029", sentence)
		series.skip_school_holidays = 0
		self.assertEqual(activity_series.holidays_missing(series, date(2028, 9, 30)), [])

	def test_who_leads_it_hears_once_of_missing_holidays(self):
		series = self.series(skip_school_holidays=1, starts_on="2028-01-01", weeks_ahead=8)
		told = {"document_type": "Activity Series", "document_name": series.name, "for_user": self.lead}
		for until, count in ((date(2028, 6, 1), 0), (date(2028, 9, 1), 1), (date(2028, 10, 1), 1)):
			before = frappe.db.get_value("Activity Series", series.name, "made_until")
			series.db_set("made_until", until)
			activity_series._tell_of_missing_holidays(series.name, before)
			self.assertEqual(frappe.db.count("Notification Log", told), count)

	def test_over_the_end_of_the_year_and_a_leap_day(self):
		every_other = self.series(
			frequency="Weekly", positions=None, friday=0, thursday=1, interval=2, starts_on="2026-12-03"
		)
		found = activity_series.days(every_other, date(2026, 12, 1), date(2027, 1, 31))
		self.assertEqual(found, [date(2026, 12, day) for day in (3, 17, 31)] + [date(2027, 1, day) for day in (14, 28)])
		last = self.series(
			frequency="Monthly by Date", positions=None, friday=0, month_days="-1", skip_public_holidays=0
		)
		found = activity_series.days(last, date(2027, 12, 1), date(2028, 2, 29))
		self.assertEqual(found, [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29)])

	def test_nineteen_hours_stays_nineteen_over_the_clock_change(self):
		series = self.series(frequency="Weekly", positions=None)
		for day in (date(2027, 3, 26), date(2027, 4, 2), date(2027, 10, 29), date(2027, 11, 5)):
			self.assertEqual(activity_series._times(series, day)[0].hour, 19)

	def test_a_phones_calendar_shows_the_same_hour_before_and_after_the_clock_change(self):
		series = self.series(frequency="Weekly", positions=None)
		days = (date(2027, 3, 26), date(2027, 4, 2), date(2027, 10, 29), date(2027, 11, 5), date(2027, 12, 31))
		starts = [agenda._utc(activity_series._times(series, day)[0]) for day in days]
		# 19:00 in Leiden is 18:00 UTC in winter and 17:00 in summer; the clock goes back in the night of 31 October 2027
		self.assertEqual([text[9:15] for text in starts], ["180000", "170000", "170000", "180000", "180000"])
		self.assertEqual([text[:8] for text in starts], [f"{day:%Y%m%d}" for day in days])

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

	def test_a_moved_date_needs_the_room_of_its_new_time_alone(self):
		series = self.series(
			starts_on=getdate(),
			frequency="Weekly",
			positions=None,
			skip_public_holidays=0,
			weeks_ahead=4,
			start_time="11:00:00",
			end_time="12:00:00",
		)
		first, second, *_rest = activity_series.days(series, getdate(), getdate(add_days(getdate(), 28)))
		room = {"venue": series.venue, "room": series.room}
		hour = lambda day, hours: datetime.combine(day, datetime.min.time()) + timedelta(hours=hours)  # noqa: E731
		make_event(**room, starts_on=hour(first, 11))
		make_event(**room, starts_on=hour(second, 14))
		for day, start in ((first, "15:00:00"), (second, "14:00:00")):
			series.append("exceptions", {"day": day, "action": "Moved", "new_start": start})
		series.save()
		result = activity_series.make_dates(series.name)
		# the first was moved out of a taken hour, the second into one: that one alone is refused, and not made at its old hour
		self.assertEqual([day for day, _sentence in result["refused"]], [second])
		starts = frappe.get_all("LSM Event", {"series": series.name}, pluck="starts_on", order_by="starts_on")
		self.assertEqual(starts[0], hour(first, 15))
		self.assertNotIn(second, [start.date() for start in starts])
