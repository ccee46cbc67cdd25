"""Counters of record numbers stand ready, so that nobody's entry is refused because somebody else saved the same moment."""

import frappe
from frappe.model.naming import getseries
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from lsm_crm.services import number_series

KEY = "DR-1999-"


class TestNumberSeries(FrappeTestCase):
	def current(self, key: str) -> int | None:
		table = frappe.qb.DocType("Series")
		found = frappe.qb.from_(table).select(table.current).where(table.name == key).run(pluck=True)
		return found[0] if found else None

	def test_a_rule_with_a_number_has_a_counter_of_each_year(self):
		self.assertEqual(number_series.keys("DR-.YYYY.-.#####", (2026, 2027)), {"DR-2026-", "DR-2027-"})
		self.assertEqual(number_series.keys("CL-.#####", (2026, 2027)), {"CL-"})
		self.assertEqual(number_series.keys("format:ASK-{YYYY}-{#####}", (2026,)), {""})

	def test_a_rule_without_a_number_has_none(self):
		for rule in ("hash", "field:user", "format:{venue} - {room_name}", "prompt", ""):
			self.assertEqual(number_series.keys(rule, (2026,)), set())

	def test_the_names_are_those_that_the_framework_counts_under(self):
		for rule in ("DR-.YYYY.-.#####", "CL-.#####"):
			(key,) = number_series.keys(rule, (getdate().year,))
			number_series.make_ready()
			before = self.current(key)
			name = frappe.model.naming.make_autoname(rule)
			self.assertEqual(self.current(key), before + 1)
			self.assertTrue(name.startswith(key))

	def test_a_missing_counter_is_made_and_counts_from_one(self):
		year = getdate().year + 1
		frappe.db.delete("Series", {"name": f"DR-{year}-"})
		number_series.make_ready()
		self.assertEqual(self.current(f"DR-{year}-"), 0)
		self.assertEqual(getseries(f"DR-{year}-", 5), "00001")

	def test_a_counter_in_use_stays_as_it_is(self):
		key = f"DR-{getdate().year}-"
		number_series.make_ready()
		getseries(key, 5)
		before = self.current(key)
		number_series.make_ready()
		self.assertEqual(self.current(key), before)
		self.assertIsNone(self.current(KEY))  # a year long over gets none
