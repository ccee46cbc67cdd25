"""The roll-up equals the plain SQL to the unit, counted again or counted once."""

from datetime import date

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.exceptions import YearClosedError
from lsm_crm.services.figures import roll_up, signals
from lsm_crm.services.figures.suppression import FEWEST
from lsm_crm.tests.factories import make_client, make_help_request

YEAR = 2023  # a year of which the sample data knows nothing


def plain(sql: str, **values):
	return frappe.db.sql(sql, {"first": f"{YEAR}-01-01", "last": f"{YEAR}-12-31", **values})


def figure(**filters) -> list:
	filters = {"figure": "Help Requests", "day": ("between", (f"{YEAR}-01-01", f"{YEAR}-12-31")), **filters}
	return frappe.get_all("Daily Figure", filters=filters, fields=["*"])


class TestRollUp(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.db.delete("Help Request", {"request_date": ("between", (f"{YEAR}-01-01", f"{YEAR}-12-31"))})
		cls.client = make_client(first_name="Zelfde", last_name="Persoon").name
		topics = ["Social", "Energy", "Taxes"]
		for number in range(41):
			make_help_request(
				request_date=f"{YEAR}-{1 + number % 11:02d}-{1 + number % 28:02d}",
				topics=[{"topic": topics[number % 3]}, {"topic": "Corona"}],
				language=("nl", "ar", "ti")[number % 3],
				mode=("Short or one-time", "Process-based")[number % 2],
				client=cls.client if number % 4 == 0 else None,
			)
		roll_up.rebuild(date(YEAR, 1, 1), date(YEAR, 12, 31))

	def test_year_equals_plain_sql(self):
		((requests,),) = plain(
			"select count(*) from `tabHelp Request` where request_date between %(first)s and %(last)s"
		)
		self.assertEqual(requests, 41)
		for grain in ("Day", "Month", "Year"):
			dimension = "All" if grain == "Day" else "Total"
			self.assertEqual(sum(row.amount for row in figure(grain=grain, dimension=dimension)), requests, grain)

	def test_every_split_equals_plain_sql(self):
		for dimension, column in (
			("Topic", "main_topic"),
			("Language", "language"),
			("Mode", "mode"),
			("Kind", "channel"),
		):
			expected = dict(
				plain(
					f"""select ifnull(`{column}`, ''), count(*) from `tabHelp Request`
					where request_date between %(first)s and %(last)s group by 1"""
				)
			)
			got = {row.item: int(row.amount) for row in figure(grain="Year", dimension=dimension)}
			self.assertEqual(got, expected, dimension)

	def test_every_combination_of_a_day_equals_plain_sql(self):
		expected = plain(
			"""select request_date, main_topic, language, ifnull(area, ''), mode, channel, count(*) from `tabHelp Request`
			where request_date between %(first)s and %(last)s group by 1, 2, 3, 4, 5, 6"""
		)
		got = {(r.day, r.topic, r.language, r.area, r.mode, r.kind, int(r.amount)) for r in figure(grain="Day")}
		self.assertEqual(got, set(expected))

	def test_people_are_different_people(self):
		(year,) = figure(grain="Year", dimension="Total")
		self.assertEqual(year.people, 30 + 1)  # thirty nameless requests, eleven of one client

	def test_counting_again_changes_nothing(self):
		def content():
			return sorted((r.grain, r.day, r.dimension, r.item, r.topic, r.amount, r.people, r.shown) for r in figure())

		before = content()
		roll_up.rebuild(date(YEAR, 3, 5), date(YEAR, 4, 5))
		self.assertEqual(content(), before)

	def test_few_people_are_not_shown(self):
		rows = figure(grain=("in", ("Month", "Year")))
		self.assertTrue(any(row.shown for row in rows))
		for row in rows:
			self.assertFalse(row.shown and 0 < row.people < FEWEST, row)
		self.assertFalse(any(row.shown for row in figure(grain="Day")))

	def test_a_closed_year_is_not_counted_again(self):
		frappe.db.savepoint("before_closing")
		self.addCleanup(frappe.db.rollback, save_point="before_closing")
		report = frappe.get_doc({"doctype": "Annual Report", "year": YEAR}).insert()
		value = next(row.shown_value for row in report.figures if row.figure == "help-requests")
		self.assertEqual(value, "41")
		source = frappe.get_doc("Annual Report Source", f"{YEAR}-help-requests")
		self.assertEqual((source.value, source.record_count, len(frappe.parse_json(source.record_names))), (41, 41, 41))
		report.reload()
		report.close_year()
		one = figure(grain="Day")[0]
		frappe.db.delete("Help Request", {"request_date": one.day})
		roll_up.rebuild(date(YEAR, 1, 1), date(YEAR, 12, 31))
		(year,) = figure(grain="Year", dimension="Total")
		self.assertEqual(year.amount, 41)
		report.reload()
		report.introduction_nl = "anders"
		with self.assertRaises(YearClosedError):
			report.save()
		source.reload()
		source.value = 1
		with self.assertRaises(YearClosedError):
			source.save()

	def test_a_year_that_is_not_over_cannot_be_closed(self):
		report = frappe.get_doc({"doctype": "Annual Report", "year": frappe.utils.getdate().year})
		if not frappe.db.exists("Annual Report", str(report.year)):
			report.insert()
		else:
			report = frappe.get_doc("Annual Report", str(report.year))
		with self.assertRaises(YearClosedError):
			report.close_year()

	def test_a_strong_rise_is_noticed_once(self):
		for number in range(12):
			make_help_request(request_date=f"2024-05-{1 + number:02d}", topics=[{"topic": "Debt collection"}])
		roll_up.rebuild(date(2024, 1, 1), date(2024, 7, 31))
		made = signals.notice(date(2024, 7, 15))
		self.assertEqual([frappe.db.get_value("Signal", name, "topic") for name in made], ["Debt collection"])
		self.assertEqual(signals.notice(date(2024, 7, 15)), [])
