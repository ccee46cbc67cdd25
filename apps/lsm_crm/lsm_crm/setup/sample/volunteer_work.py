"""What volunteers do: shifts with places, hours, expenses and compensation in every state."""

from datetime import date, datetime, time, timedelta

import frappe

from lsm_crm.constants import TREASURER, VOLUNTEER_COORDINATOR
from lsm_crm.services import shift_places
from lsm_crm.setup.sample.walk import acting_as, insert, step

# title, role, weekday, from, to, places, venue
SHIFTS = (
	("Inloopspreekuur", "Front office", 2, 10, 13, 3, "Huis van de Buurt Matilo"),
	("Sociaal-juridisch spreekuur", "Socio-legal worker", 2, 13, 17, 2, "Huis van de Buurt Matilo"),
	("Eetcafé Wereldkeuken: koken", "Cook", 4, 14, 19, 4, "Speeltuin Westerkwartier"),
	("Kidsoase", "Kidsoase supervisor", 4, 17, 20, 3, "Speeltuin Westerkwartier"),
	("Bezorgdienst", "Deliverer", 4, 15, 18, 1, None),
)
WEEKS_AHEAD = 3
COMPENSATED = 10
ACTIVE_THIS_YEAR, DAYS_EACH = 40, 3


def load(sample) -> None:
	with acting_as(sample.users[VOLUNTEER_COORDINATOR]):
		_shifts(sample)
		_hours(sample)
		expenses = _expenses(sample)
	with acting_as(sample.users[TREASURER]):
		for expense in expenses[::2]:
			step(frappe.get_doc("Volunteer Expense", expense.name), "Pay")


def _shifts(sample) -> None:
	"""The coming weeks: the first ones full, later ones with places to take."""
	for week in range(WEEKS_AHEAD):
		for title, role, weekday, first, last, places, venue in SHIFTS:
			day = sample.today + timedelta(days=(weekday - sample.today.weekday()) % 7 + 7 * week)
			if day == sample.today:
				day += timedelta(days=7 * WEEKS_AHEAD)
			shift = insert(
				"Volunteer Shift",
				title=title,
				role=role,
				venue=venue,
				starts_at=datetime.combine(day, time(first)),
				ends_at=datetime.combine(day, time(last)),
				places=places,
			)
			_fill(sample, shift, places if week == 0 else max(places - week, 0))


def _fill(sample, shift, wanted: int) -> None:
	able = [v for v in sample.made["Volunteer"] if shift.role in {row.role for row in v.roles}]
	for volunteer in sample.random.sample(able, min(wanted, len(able))):
		if not shift_places.refusals(volunteer.name, shift):
			insert("Shift Place", shift=shift.name, volunteer=volunteer.name, state="Taken", made_by="Coordinator")


def _hours(sample) -> None:
	"""Hours without compensation, so that the year's figures and certificates show something."""
	this_year = (sample.today - date(sample.today.year, 1, 1)).days
	for volunteer in sample.random.sample(sample.made["Volunteer"], ACTIVE_THIS_YEAR):
		for _nth in range(DAYS_EACH):
			entry = insert(
				"Hours Entry",
				volunteer=volunteer.name,
				day=sample.days_ago(1, max(this_year, 1)),
				hours=sample.random.randint(2, 6),
				role=volunteer.roles[0].role,
			)
			entry.state = "Approved"
			entry.save()


def _expenses(sample) -> list:
	"""Compensation of the last year with figures, in every state; returns the approved ones."""
	year = max(int(name) for name in frappe.get_all("Compensation Rule", pluck="name"))
	approved = []
	for nth, volunteer in enumerate(sample.random.sample(sample.made["Volunteer"], COMPENSATED)):
		day = sample.day_in(min(year, sample.today.year), 3 + nth % 6)
		hours = sample.random.randint(4, 12)
		entry = insert("Hours Entry", volunteer=volunteer.name, day=day, hours=hours, role=volunteer.roles[0].role)
		entry.state = "Approved"
		entry.save()
		expense = insert(
			"Volunteer Expense",
			volunteer=volunteer.name,
			kind="Compensation",
			day=day,
			hours=hours,
			amount=2.5 * hours,
			description="Vrijwilligersvergoeding",
		)
		if nth < 6:
			approved.append(step(expense, "Approve"))
		elif nth < 8:
			step(expense, "Refuse", refusal_reason="Deze uren waren al vergoed.")
	for volunteer in sample.random.sample(sample.made["Volunteer"], 6):  # waiting for approval
		insert("Hours Entry", volunteer=volunteer.name, day=sample.days_ago(1, 20), hours=sample.random.randint(2, 6))
	return approved
