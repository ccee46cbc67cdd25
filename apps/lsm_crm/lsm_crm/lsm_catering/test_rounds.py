"""Planning the rounds of a day on stored orders, and what an order's round shows on the way."""

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, get_time, getdate

from lsm_crm.services import kitchen_sheet, places, rounds
from lsm_crm.tests.activity_factories import make_order, user_of
from lsm_crm.tests.factories import make

DAY = 400


class TestRounds(FrappeTestCase):
	def order(self, day, latitude=None, longitude=None, **values):
		doc = make_order(
			delivery_date=day,
			latitude=latitude,
			longitude=longitude,
			window_from="16:00:00",
			window_to="18:00:00",
			dishes=[{"dish": "Hummus", "portions": 10}],
			**values,
		)
		doc.workflow_state = "Confirmed"
		return doc.save()

	def round(self, day, number: int, **values):
		return make(
			"Delivery Round",
			round_date=day,
			deliverer=user_of("deliverer", number),
			start_time="15:30:00",
			**values,
		)

	def test_a_day(self):
		day = add_days(getdate(), DAY)
		placed = [self.order(day, 52.14 + step / 100, 4.46 + step / 80) for step in range(5)]
		lost = self.order(day, postcode="9999 XX")
		bike = self.round(day, 1, travel_mode="Cargo Bike", capacity_portions=30)
		car = self.round(day, 2, travel_mode="Car")
		result = rounds.plan_day(day)
		self.assertEqual((result["left"], result["no_place"]), ([], [lost.name]))
		for found in (bike, car):
			found.reload()
			for stop in found.stops:
				order = frappe.get_doc("Catering Order", stop.catering_order)
				self.assertEqual((order.delivery_round, order.deliverer), (found.name, found.deliverer))
				self.assertTrue(get_time("16:00") <= get_time(str(stop.planned_at)) <= get_time("18:00"))
		self.assertEqual(len(bike.stops) + len(car.stops), len(placed))
		self.assertLessEqual(len(bike.stops), 3)
		# planning again, with one driver less, takes the orders over
		frappe.delete_doc("Delivery Round", bike.name)
		rounds.plan_day(day)
		car.reload()
		self.assertEqual(len(car.stops), len(placed))

	def test_an_order_without_a_place_is_put_at_its_postcode(self):
		day = add_days(getdate(), DAY + 8)
		exact, about, lost = (
			self.order(day, 52.16, 4.49),
			self.order(day, postcode="2321 AB"),
			self.order(day, postcode="2300 AA"),  # a post office box is no door
		)
		van = self.round(day, 1, travel_mode="Car")
		result = rounds.plan_day(day)
		self.assertEqual((result["about"], result["no_place"], result["left"]), ([about.name], [lost.name], []))
		van.reload()
		self.assertEqual({stop.catering_order for stop in van.stops}, {exact.name, about.name})
		# it serves the plan alone: the deliverer's map goes by the address
		self.assertFalse(frappe.db.get_value("Catering Order", about.name, "latitude"))

	def test_postcodes_as_people_write_them(self):
		for text in ("2312AB", " 2312 ab", "2312"):
			self.assertEqual(places.of_postcode(text), (52.161, 4.493))
		for text in (None, "", "231", "Leiden", "1012 AB"):
			self.assertIsNone(places.of_postcode(text))

	def test_an_order_stands_on_one_round(self):
		day = add_days(getdate(), DAY + 1)
		order = self.order(day, 52.15, 4.48)
		self.round(day, 1, stops=[{"catering_order": order.name}])
		with self.assertRaisesRegex(frappe.ValidationError, "already"):
			self.round(day, 2, stops=[{"catering_order": order.name}])
		with self.assertRaisesRegex(frappe.ValidationError, "another day"):
			self.round(add_days(day, 1), 2, stops=[{"catering_order": self.order(day).name}])

	def test_load(self):
		day = add_days(getdate(), DAY + 2)
		with self.assertRaisesRegex(frappe.ValidationError, "do not fit"):
			self.round(day, 1, capacity_portions=5, stops=[{"catering_order": self.order(day).name}])

	def test_the_sheet_of_a_day(self):
		day = add_days(getdate(), DAY + 3)
		self.order(day)
		self.order(day)
		found = kitchen_sheet.sheet(day)
		self.assertEqual((found["portions"], found["guests"], len(found["orders"])), (20, 40, 2))
		tahini = next(row for row in found["shopping"] if row["ingredient"] == "Tahini")
		# 200 g for ten portions, 20 portions: 400 g are two jars of 350 g
		self.assertEqual((tahini["quantity"], tahini["pieces"]), (400, 2))

	def test_whole_units(self):
		for quantity, size, pieces in ((0, 5, 0), (1, 5, 1), (5, 5, 1), (5.001, 5, 2), (7, None, 0), (7, 0, 0)):
			self.assertEqual(kitchen_sheet.whole_units(quantity, size), pieces)
