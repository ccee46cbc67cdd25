"""Events, who comes to them, and senior activities: each rule allowed and refused."""

from unittest.mock import patch

import frappe
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.exceptions import ChildSafetyError, NoPlaceError, ReadOnlyStateError, TransitionError
from lsm_crm.services import registrations, seniors
from lsm_crm.tests.activity_factories import (
	ActivityCase,
	make_dish,
	make_event,
	make_ingredient,
	make_order,
	make_registration,
	published,
	user_of,
)
from lsm_crm.tests.factories import make


class TestEvents(ActivityCase):
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


class TestEatery(ActivityCase):
	def evening(self, project="Eetcafé Wereldkeuken", **values):
		return make_event(**{"event_type": "Eatery evening", "project": project, "capacity": 30, **values})

	def test_seats_and_a_cook(self):
		with self.assertRaisesRegex(TransitionError, "seats"):
			published(self.evening(capacity=0))
		event = published(self.evening())
		event.workflow_state = "Running"
		with self.assertRaisesRegex(TransitionError, "cooks"):
			event.save()
		event.reload()
		event.append("team", {"user": user_of("kitchen"), "task": "Cook"})
		event.save()
		event.workflow_state = "Running"
		event.save()
		event.update({"workflow_state": "Completed", "head_count": 28, "takings": 196.5, "costs": 88})
		event.save()
		self.assertEqual((event.head_count, event.takings), (28, 196.5))

	def test_no_more_than_the_seats(self):
		event = published(self.evening(capacity=2))
		self.assertEqual(make_registration(event.name, places=2).status, "Registered")
		self.assertEqual(make_registration(event.name, places=1).status, "Waiting")

	def test_all_food_of_wereldkeuken_is_vegan_and_that_of_de_romein_need_not_be(self):
		make_ingredient("Test Butter", ("Milk", None), vegan=0, vegetarian=1)
		make_dish("Test Butter Cake", "Test Butter")
		order = {"customer_kind": "Own Activity", "settlement": "Free", "customer_name": None}
		cake, soup = ([{"dish": dish, "portions": 20}] for dish in ("Test Butter Cake", "Lentil Soup"))
		world, romein = self.evening().name, self.evening("Eetcafé De Romein").name
		with self.assertRaisesRegex(frappe.ValidationError, "not vegan"):
			make_order(**order, event=world, dishes=cake)
		make_order(**order, event=world, dishes=soup)
		make_order(**order, event=romein, dishes=cake)


class TestEveningsForOrganisations(ActivityCase):
	def evening(self, **values):
		kind = "Multilingual evening for organisations"
		return make_event(event_type=kind, for_organisations=1, lead=self.lead, **values)

	def interpreters(self, event) -> list[tuple]:
		fields = ("language", "people", "covered")
		return [tuple(row[field] for field in fields) for row in registrations.interpreters_needed(event)]

	def test_it_is_for_somebody(self):
		event = self.evening()
		with self.assertRaisesRegex(TransitionError, "which organisation"):
			published(event)
		event.reload()
		event.partner = "Gemeente Leiden"
		published(event)

	def test_interpreters_are_asked_for_until_someone_does_it(self):
		languages = [{"language": "nl", "how": "Spoken"}, {"language": "ar", "how": "Interpreted"}]
		event = published(self.evening(partner="Gemeente Leiden", languages=languages))
		make_registration(event.name, language="ti", interpreter_wanted=1, places=3)
		make_registration(event.name, language="nl", interpreter_wanted=1)
		registrations.cancel(make_registration(event.name, language="fa", interpreter_wanted=1).name)
		needed = [("ar", 0, False), ("ti", 3, False)]
		self.assertEqual(self.interpreters(event), needed)
		event.reload()
		event.append("team", {"user": user_of("helper"), "task": "Interpreter", "language": "ti"})
		event.save()
		needed[1] = ("ti", 3, True)
		self.assertEqual(self.interpreters(event), needed)


class TestRegistrations(ActivityCase):
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


class TestSeniors(ActivityCase):
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
