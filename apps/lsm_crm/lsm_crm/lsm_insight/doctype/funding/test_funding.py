import frappe
from frappe.tests.utils import FrappeTestCase


def make_funding(**values):
	return frappe.get_doc(
		{
			"doctype": "Funding",
			"title": "Walk-in hour in the North",
			"funder": "A fund",
			"state": "Granted",
			"amount": 1000,
			"starts_on": "2019-01-01",
			"ends_on": "2019-12-31",
			**values,
		}
	)


def make_figures(people: int, month: str, days: int = 1) -> None:
	for day in range(1, days + 1):
		frappe.get_doc(
			{
				"doctype": "Daily Figure",
				"figure": "Help Requests",
				"grain": "Day",
				"day": f"{month}-{day:02d}",
				"amount": people,
				"people": people,
			}
		).db_insert()  # the roll-up, too, goes past the document


class TestFunding(FrappeTestCase):
	def test_costs_are_added_up(self):
		costs = [{"day": "2019-02-01", "description": "Rent", "amount": 250.25}]
		costs.append({"day": "2019-12-31", "description": "Coffee", "amount": 49.75})
		grant = make_funding(costs=costs).insert()
		self.assertEqual((grant.spent, grant.left_over), (300, 700))

	def test_a_grant_that_ends_before_it_starts_is_refused(self):
		with self.assertRaisesRegex(frappe.ValidationError, "ends before it starts"):
			make_funding(ends_on="2018-12-31").insert()

	def test_a_cost_outside_the_period_is_refused_with_its_row(self):
		costs = [{"day": "2020-01-01", "description": "Rent", "amount": 1}]
		with self.assertRaisesRegex(frappe.ValidationError, "Row 1 of the costs"):
			make_funding(costs=costs).insert()

	def test_what_was_reached_is_counted_from_the_roll_up(self):
		make_figures(people=3, month="2019-03", days=4)
		goals = [{"goal": "People helped", "figure": "Help Requests", "target": 10}, {"goal": "A warm welcome"}]
		grant = make_funding(goals=goals).insert()
		self.assertEqual([goal.reached or 0 for goal in grant.goals], [12, 0])

	def test_a_number_that_could_be_somebody_is_not_told(self):
		make_figures(people=4, month="2018-03")
		goals = [{"goal": "People helped", "figure": "Help Requests"}]
		grant = make_funding(goals=goals, starts_on="2018-01-01", ends_on="2018-12-31").insert()
		self.assertEqual(grant.goals[0].reached, 0)
