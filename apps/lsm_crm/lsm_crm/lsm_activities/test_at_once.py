"""People acting at the same moment: each in a connection of its own, committed, and taken away afterwards."""

import threading
from datetime import timedelta

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.exceptions import NoPlaceError, RoomTakenError, TransitionError
from lsm_crm.services import invoices, registrations
from lsm_crm.tests.activity_factories import make_event, make_order, make_registration, published, user_of
from lsm_crm.tests.factories import take_away


class TestAtOnce(FrappeTestCase):
	def setUp(self):
		super().setUp()
		self.made: list[tuple[str, str]] = []

	def tearDown(self):
		frappe.db.rollback()
		frappe.set_user("Administrator")
		take_away(self.made)

	def keep(self, doc):
		self.made.append((doc.doctype, doc.name))
		return doc

	def at_once(self, jobs: list) -> list:
		"""Run the jobs in threads that start together; return each one's result or the error's class."""
		site, start, results = frappe.local.site, threading.Barrier(len(jobs)), [None] * len(jobs)

		def run(place: int, job) -> None:
			frappe.init(site=site, sites_path=".")
			frappe.connect()
			try:
				start.wait(30)
				for _attempt in range(5):
					try:
						results[place] = job()
						frappe.db.commit()
						break
					except frappe.QueryDeadlockError:
						frappe.db.rollback()
			except frappe.ValidationError as error:
				frappe.db.rollback()
				results[place] = type(error)
			finally:
				frappe.destroy()

		threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join(60)
		frappe.db.rollback()
		return results

	def test_the_last_places_are_given_once(self):
		event = self.keep(published(make_event(capacity=3)))
		frappe.db.commit()
		names = self.at_once([lambda: make_registration(event.name).name for _number in range(10)])
		self.made += [("Event Registration", name) for name in names]
		states = frappe.get_all("Event Registration", {"event": event.name}, pluck="status")
		self.assertEqual((states.count("Registered"), states.count("Waiting")), (3, 7))

	def test_each_freed_place_is_offered_to_one(self):
		event = self.keep(published(make_event(capacity=2)))
		people = [self.keep(make_registration(event.name)) for _number in range(5)]
		frappe.db.commit()
		self.at_once([lambda name=one.name: registrations.cancel(name) for one in people[:2]])
		states = {
			row.name: row.status
			for row in frappe.get_all("Event Registration", {"event": event.name}, ["name", "status"])
		}
		found = [states[one.name] for one in people]
		self.assertEqual(found, ["Cancelled", "Cancelled", "Offered", "Offered", "Waiting"])

	def test_a_room_is_booked_once(self):
		starts = add_to_date(now_datetime().replace(microsecond=0), days=200)
		user_of("lead")
		frappe.db.commit()
		results = self.at_once(
			[
				lambda: make_event(venue="'t Trefpunt", starts_on=starts, lead="lead-1@example.org").name
				for _n in range(6)
			]
		)
		booked = [name for name in results if isinstance(name, str)]
		self.made += [("LSM Event", name) for name in booked]
		self.assertEqual(len(booked), 1)
		self.assertEqual(results.count(RoomTakenError), 5)

	def test_the_kitchen_is_filled_once(self):
		day = add_days(getdate(), 300)
		orders = [
			self.keep(make_order(delivery_date=day, dishes=[{"dish": "Hummus", "portions": 50}]))
			for _number in range(5)
		]
		frappe.db.commit()

		def confirm(name: str) -> str:
			order = frappe.get_doc("Catering Order", name)
			order.workflow_state = "Confirmed"
			return order.save().name

		results = self.at_once([lambda name=order.name: confirm(name) for order in orders])
		self.assertEqual(results.count(TransitionError), 3)

	def test_invoice_numbers_have_no_gap(self):
		orders = []
		for _number in range(6):
			order = self.keep(make_order(settlement="Invoice"))
			frappe.db.set_value("Catering Order", order.name, "workflow_state", "Delivered")
			orders.append(order.name)
		frappe.db.commit()
		year = getdate().year
		before = frappe.db.count("Catering Invoice", {"year": year})
		names = self.at_once([lambda name=order: invoices.issue(name) for order in orders * 2])
		self.made = [("Catering Invoice", name) for name in set(names)] + self.made
		numbers = sorted(frappe.get_all("Catering Invoice", {"year": year}, pluck="sequence"))
		self.assertEqual(numbers, list(range(1, before + 7)))
		self.assertEqual(len(set(names)), 6)

	def test_a_place_is_not_taken_after_its_time(self):
		event = self.keep(published(make_event(capacity=1)))
		first, second = (self.keep(make_registration(event.name)) for _number in range(2))
		registrations.cancel(first.name)
		frappe.db.set_value("Event Registration", second.name, "offer_ends_on", now_datetime() - timedelta(minutes=1))
		frappe.db.commit()
		results = self.at_once([lambda: registrations.accept(second.name), lambda: registrations.end_old_offers()])
		self.assertIn(NoPlaceError, results)
		self.assertEqual(frappe.db.get_value("Event Registration", second.name, "status"), "Cancelled")
