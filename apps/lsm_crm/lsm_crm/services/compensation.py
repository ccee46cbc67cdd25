"""Caps on what a volunteer may be paid untaxed: by the hour, the month and the year, all three at once.

Expenses count together with compensation. Months are not averaged. The hour's cap holds for a month's payments against
that month's approved hours, each hour at the figure for the person's age on that day. The figures are the Compensation
Rule of the year; a year without one pays nothing and says so.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate

from lsm_crm.exceptions import CapExceededError, FiguresMissingError

CENT = Decimal("0.01")
# What counts against the caps: promised and paid, not what is still asked for.
COUNTED = ("Approved", "Paid")


@dataclass(frozen=True)
class Figures:
	hour_21_plus: Decimal
	hour_under_21: Decimal
	month: Decimal
	year_total: Decimal


@dataclass(frozen=True)
class Room:
	"""What may still be paid under each cap; `hours_value` is the month's cap by the hour itself."""

	hour: Decimal
	month: Decimal
	year: Decimal

	@property
	def least(self) -> Decimal:
		return max(Decimal(0), min(self.hour, self.month, self.year))

	def tightest(self) -> str:
		return min(("hour", "month", "year"), key=lambda name: getattr(self, name))


def money(value) -> Decimal:
	"""A figure from the database as exact cents."""
	return Decimal(str(value or 0)).quantize(CENT)


def room(figures: Figures, hours: list[tuple[Decimal, bool]], paid_month: Decimal, paid_year: Decimal) -> Room:
	"""Return what is left. `hours` are the month's approved hours, each with whether the person was under 21 then."""
	worth = sum(
		(count * (figures.hour_under_21 if young else figures.hour_21_plus) for count, young in hours), Decimal(0)
	)
	return Room(
		hour=worth.quantize(CENT, ROUND_DOWN) - paid_month,
		month=figures.month - paid_month,
		year=figures.year_total - paid_year,
	)


def figures_of(year: int) -> Figures:
	"""Figures of the year; raises FiguresMissingError with a sentence that says what to do."""
	rule = frappe.db.get_value(
		"Compensation Rule", {"year": year}, ["hour_21_plus", "hour_under_21", "month", "year_total"], as_dict=True
	)
	if not rule:
		frappe.throw(
			_(
				"There are no compensation figures for {0}, so nothing is paid. Enter them under Compensation Rule."
			).format(year),
			title=_("No Figures"),
			exc=FiguresMissingError,
		)
	return Figures(**{name: money(value) for name, value in rule.items()})


def room_for(volunteer: str, day: date, leave_out: str | None = None) -> Room:
	"""Return the room of the month and year of that day, without the expense named `leave_out`."""
	day = getdate(day)
	figures = figures_of(day.year)
	first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
	return room(
		figures,
		_hours(volunteer, first, last),
		_paid(volunteer, first, last, leave_out),
		_paid(volunteer, date(day.year, 1, 1), date(day.year, 12, 31), leave_out),
	)


def check(expense) -> Room:
	"""Raise CapExceededError when the expense goes beyond a cap; the volunteer's row is locked, so that two approvals
	at once cannot both use the same room."""
	frappe.db.get_value("Volunteer", expense.volunteer, "name", for_update=True)
	left = room_for(expense.volunteer, expense.day, leave_out=expense.name)
	if money(expense.amount) > left.least:
		frappe.throw(beyond_sentence(left, expense), title=_("Beyond the Untaxed Maximum"), exc=CapExceededError)
	return left


def beyond_sentence(left: Room, expense) -> str:
	"""Which cap bites and how much is left."""
	sentence = {
		"hour": _("The approved hours of that month leave room for {0}, and {1} is asked for."),
		"month": _("The maximum of the month leaves room for {0}, and {1} is asked for."),
		"year": _("The maximum of the year leaves room for {0}, and {1} is asked for."),
	}[left.tightest()]
	return sentence.format(euro(left.least), euro(expense.amount))


def warning(expense) -> str | None:
	"""What to say before anything is refused: no figures, or beyond a cap as things stand. None when all is well."""
	try:
		left = room_for(expense.volunteer, expense.day, leave_out=expense.name)
	except FiguresMissingError as missing:
		frappe.clear_last_message()
		return str(missing)
	return beyond_sentence(left, expense) if money(expense.amount) > left.least else None


def euro(value) -> str:
	return fmt_money(value, currency="EUR")


def _hours(volunteer: str, first: date, last: date) -> list[tuple[Decimal, bool]]:
	birth = frappe.db.get_value("Volunteer", volunteer, "date_of_birth")
	entries = frappe.get_all(
		"Hours Entry",
		{"volunteer": volunteer, "state": "Approved", "day": ("between", (first, last))},
		["day", "hours"],
		limit=0,
	)
	return [(Decimal(str(e.hours)), _young(birth, e.day)) for e in entries]


def _young(birth: date | None, day: date) -> bool:
	"""Under 21 on that day. With an unknown date of birth the lower figure is used, which is never too much."""
	if not birth:
		return True
	return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)) < 21


def _paid(volunteer: str, first: date, last: date, leave_out: str | None) -> Decimal:
	amounts = frappe.get_all(
		"Volunteer Expense",
		{
			"volunteer": volunteer,
			"workflow_state": ("in", COUNTED),
			"day": ("between", (first, last)),
			"name": ("!=", leave_out or ""),
		},
		pluck="amount",
		limit=0,
	)
	return sum((money(amount) for amount in amounts), Decimal(0))
