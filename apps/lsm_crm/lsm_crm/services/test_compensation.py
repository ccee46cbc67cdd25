"""The three caps at their edges with the real figures of each year, and against a plain second way of counting."""

import unittest
from decimal import Decimal

import frappe
from frappe.tests.utils import FrappeTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from lsm_crm.exceptions import CapExceededError, FiguresMissingError, SelfApprovalError
from lsm_crm.services import compensation
from lsm_crm.services.compensation import Figures
from lsm_crm.setup.data import read
from lsm_crm.tests import factories

CENT = Decimal("0.01")
YEARS = {row["year"]: row for row in read("volunteers")["compensation"]}
cents = st.integers(0, 300_000).map(lambda value: Decimal(value) / 100)


class TestRoom(unittest.TestCase):
	@settings(max_examples=300, deadline=None)
	@given(
		year=st.sampled_from(sorted(YEARS)),
		hours=st.lists(st.tuples(st.integers(1, 96).map(lambda q: Decimal(q) / 4), st.booleans()), max_size=40),
		paid_month=cents,
		paid_before=cents,
		amount=cents,
	)
	def test_allowed_exactly_when_all_three_caps_hold(self, year, hours, paid_month, paid_before, amount):
		row = YEARS[year]
		figures = Figures(**{name: Decimal(str(row[name])) for name in Figures.__dataclass_fields__})
		left = compensation.room(figures, hours, paid_month, paid_month + paid_before)
		worth = sum(h * Decimal(str(row["hour_under_21"] if young else row["hour_21_plus"])) for h, young in hours)
		holds = (
			paid_month + amount <= worth
			and paid_month + amount <= row["month"]
			and paid_month + paid_before + amount <= row["year_total"]
		)
		if amount > 0:
			self.assertEqual(amount <= left.least, holds)

	def test_part_of_a_cent_is_never_rounded_up(self):
		figures = Figures(Decimal("5.55"), Decimal("3.33"), Decimal(210), Decimal(2100))
		left = compensation.room(figures, [(Decimal("0.33"), False)], Decimal(0), Decimal(0))
		self.assertEqual(left.least, Decimal("1.83"))


class TestCaps(FrappeTestCase):
	def setUp(self):
		self.person = factories.make_volunteer(date_of_birth="1990-05-01")

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def ask(self, amount, day, kind="Compensation", volunteer=None, **values):
		return factories.make(
			"Volunteer Expense",
			volunteer=volunteer or self.person.name,
			amount=float(amount),
			day=day,
			kind=kind,
			description="Work at the eatery",
			receipt="/private/files/bus.pdf",
			**values,
		)

	def approve(self, expense):
		expense.workflow_state = "Approved"
		expense.save()
		return expense

	def fill_hours(self, hours, month, year, volunteer=None):
		day = 1
		while hours > 0:
			factories.make_hours(volunteer or self.person.name, min(hours, 24), f"{year}-{month:02}-{day:02}")
			hours, day = hours - 24, day + 1

	def store_hours(self, hours, day, volunteer):
		"""Approved hours as a row alone, where many are needed and how they came is not the point."""
		values = {"volunteer": volunteer, "hours": hours, "day": day, "state": "Approved"}
		frappe.get_doc({"doctype": "Hours Entry", "name": frappe.generate_hash(), **values}).db_insert()

	def test_month_cap_to_the_cent_in_every_year(self):
		for year, row in YEARS.items():
			with self.subTest(year):
				person = factories.make_volunteer(date_of_birth="1990-05-01").name
				self.fill_hours(96, 3, year, person)
				self.approve(self.ask(row["month"] - 10, f"{year}-03-02", volunteer=person))
				self.approve(self.ask(10, f"{year}-03-03", kind="Expense", volunteer=person))
				with self.assertRaisesRegex(CapExceededError, "maximum of the month"):
					self.approve(self.ask(0.01, f"{year}-03-04", volunteer=person))

	def test_hour_cap_to_the_cent_and_by_age_on_the_day(self):
		for year, row in YEARS.items():
			with self.subTest(year):
				person = factories.make_volunteer(date_of_birth=f"{year - 21}-03-15").name
				factories.make_hours(person, 4, f"{year}-03-14")
				factories.make_hours(person, 2, f"{year}-03-15")
				worth = 4 * Decimal(str(row["hour_under_21"])) + 2 * Decimal(str(row["hour_21_plus"]))
				with self.assertRaisesRegex(CapExceededError, "approved hours"):
					self.approve(self.ask(worth + CENT, f"{year}-03-20", volunteer=person))
				self.approve(self.ask(worth, f"{year}-03-20", volunteer=person))

	def test_year_cap_over_months_that_each_stay_below_theirs(self):
		# The year is ten full months: the eleventh gets nothing, however far below its own cap.
		for year, row in YEARS.items():
			with self.subTest(year):
				person = factories.make_volunteer(date_of_birth="1990-05-01").name
				for month in range(1, 12):
					self.store_hours(48, f"{year}-{month:02}-03", person)
				for month in range(1, 11):
					kind = "Expense" if month % 2 else "Compensation"
					self.approve(self.ask(row["month"], f"{year}-{month:02}-05", kind=kind, volunteer=person))
				with self.assertRaisesRegex(CapExceededError, "maximum of the year"):
					self.approve(self.ask(0.01, f"{year}-11-05", volunteer=person))

	def test_months_are_not_averaged(self):
		self.fill_hours(96, 3, 2025)
		with self.assertRaises(CapExceededError):
			self.approve(self.ask(210.01, "2025-03-05"))

	def test_hours_not_approved_count_for_nothing(self):
		factories.make_hours(self.person.name, 8, "2025-03-05", approved=False)
		expense = self.ask(5, "2025-03-05")
		self.assertIn("approved hours", expense.cap_note)
		with self.assertRaises(CapExceededError):
			self.approve(expense)

	def test_a_year_without_figures_says_so_and_pays_nothing(self):
		self.fill_hours(8, 3, 2026)
		expense = self.ask(5, "2026-03-05")
		self.assertIn("no compensation figures for 2026", expense.cap_note)
		with self.assertRaisesRegex(FiguresMissingError, "2026"):
			self.approve(expense)
		factories.make("Compensation Rule", year=2026, hour_21_plus=5.6, hour_under_21=3.3, month=210, year_total=2100)
		expense.reload()
		self.assertEqual(self.approve(expense).workflow_state, "Approved")

	def test_unknown_age_gets_the_lower_figure(self):
		self.person.db_set("date_of_birth", None)
		factories.make_hours(self.person.name, 1, "2025-03-05")
		with self.assertRaises(CapExceededError):
			self.approve(self.ask(3.31, "2025-03-05"))
		self.approve(self.ask(3.30, "2025-03-05"))

	def test_receipt_reason_and_own_approval(self):
		factories.make_hours(self.person.name, 8, "2025-03-05")
		bare = self.ask(5, "2025-03-05", kind="Expense")
		bare.receipt = None
		with self.assertRaisesRegex(frappe.ValidationError, "receipt"):
			self.approve(bare)
		bare.reload()
		bare.workflow_state = "Refused"
		with self.assertRaisesRegex(frappe.ValidationError, "why the expense is refused"):
			bare.save()
		user = factories.make_user("LSM Volunteer Coordinator", email="vc-own@example.org").name
		self.person.db_set("user", user)
		frappe.set_user(user)
		with self.assertRaises(SelfApprovalError):
			self.approve(frappe.get_doc("Volunteer Expense", self.ask(5, "2025-03-05").name))

	def test_each_step_by_its_role_only(self):
		factories.make_hours(self.person.name, 8, "2025-03-05")
		coordinator = factories.make_user("LSM Volunteer Coordinator", email="vc-step@example.org").name
		treasurer = factories.make_user("LSM Treasurer", email="tr-step@example.org").name
		expense = self.ask(5, "2025-03-05")

		def step(user, state):
			frappe.set_user(user)
			doc = frappe.get_doc("Volunteer Expense", expense.name)
			doc.workflow_state = state
			doc.save()

		for user, state in ((treasurer, "Approved"), (coordinator, "Paid")):
			with self.assertRaises(frappe.ValidationError):
				step(user, state)
		step(coordinator, "Approved")
		with self.assertRaises(frappe.ValidationError):
			step(coordinator, "Paid")
		step(treasurer, "Paid")
		self.assertTrue(frappe.db.get_value("Volunteer Expense", expense.name, "paid_on"))
