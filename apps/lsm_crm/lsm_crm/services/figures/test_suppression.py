"""What the board may see: no small number, and none that follows from the others."""

import random

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.services.figures.suppression import FEWEST, TOTAL, hidden_cells

ODD = random.Random(20)


def table(cells: dict[tuple, int]) -> dict[tuple, int]:
	"""Cells with the totals of their rows and columns."""
	people = {cell: count for cell, count in cells.items() if count}
	for (item, month), count in list(people.items()):
		for total in ((item, TOTAL), (TOTAL, month), (TOTAL, TOTAL)):
			people[total] = people.get(total, 0) + count
	return people


def lines(people: dict[tuple, int]):
	for side in (0, 1):
		for key in {cell[side] for cell in people}:
			yield [cell for cell in people if cell[side] == key]


class TestSuppression(FrappeTestCase):
	def test_nothing_is_hidden_where_all_are_many(self):
		self.assertEqual(hidden_cells(table({("a", 1): 9, ("b", 1): 7})), set())

	def test_a_small_number_takes_another_with_it(self):
		hidden = hidden_cells(table({("a", 1): 2, ("b", 1): 7, ("c", 1): 30, ("a", 2): 20, ("b", 2): 20, ("c", 2): 9}))
		self.assertIn(("a", 1), hidden)
		self.assertIn(("b", 1), hidden)
		self.assertNotIn(("c", 1), hidden)

	def test_a_total_that_is_the_only_part_goes_too(self):
		hidden = hidden_cells(table({("a", 1): 3, ("b", 2): 40, ("c", 2): 40}))
		self.assertIn((TOTAL, 1), hidden)

	def test_made_up_tables_never_betray_a_small_number(self):
		for _round in range(200):
			sizes = ODD.choice(((2, 3), (6, 12), (3, 12), (10, 4)))
			cells = {
				(f"i{i}", month): max(0, int(ODD.gauss(6, 8))) for i in range(sizes[0]) for month in range(1, sizes[1])
			}
			people = table(cells)
			hidden = hidden_cells(people)
			for cell, count in people.items():
				self.assertFalse(0 < count < FEWEST and cell not in hidden, (cell, count))
			for line in lines(people):
				inside = [cell for cell in line if cell in hidden]
				visible = [cell for cell in line if cell not in hidden]
				if inside and visible:
					self.assertGreater(len(inside), 1, (cells, line))
					self.assertGreaterEqual(sum(people[cell] for cell in inside), FEWEST, (cells, line))

	def test_board_reads_only_what_is_shown(self):
		from lsm_crm.permissions import query_conditions
		from lsm_crm.tests.factories import make_user

		board = make_user("LSM Board")
		condition = query_conditions("Daily Figure", board.name)
		self.assertIn("shown", condition)
		self.assertIn("grain", condition)
		coordinator = make_user("LSM Coordinator")
		self.assertEqual(query_conditions("Daily Figure", coordinator.name), "")
		frappe.set_user("Administrator")
