"""Sample data: made-up people in a believable year of the foundation, and one user for each role.

`load()` walks the workflows as those users, so that what it leaves is what the program itself would have made;
`clear()` takes away what `load()` made and nothing else.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from random import Random

import frappe
from frappe import _
from frappe.utils import getdate

from lsm_crm.services.figures import annual, roll_up
from lsm_crm.setup.sample import accounts, clearing, help_requests, register
from lsm_crm.setup.sample.people import People
from lsm_crm.setup.sample.walk import quietly

SEED = 2021
# In the order in which one needs another. Each has `load(sample)` and the DocTypes that it needs.
PARTS = (
	"volunteers",
	"clients",
	"help_requests",
	"cases",
	"catering",
	"activities",
	"tutoring",
	"volunteer_work",
	"this_week",
)


@dataclass
class Sample:
	"""What the parts share: chance by a fixed seed, today, the users by role, and what was made so far."""

	random: Random
	people: People
	today: date
	users: dict[str, str]
	made: dict[str, list] = field(default_factory=lambda: defaultdict(list))

	def day_in(self, year: int, month: int) -> date:
		"""A working day of that month, never one that is still to come."""
		day = date(year, month, self.random.randint(1, 28))
		while day.weekday() > 4 or day > self.today:
			day -= timedelta(days=1)
		return day

	def days_ago(self, least: int, most: int) -> date:
		"""A working day so many days before today."""
		day = self.today - timedelta(days=self.random.randint(least, most))
		while day.weekday() > 4:
			day -= timedelta(days=1)
		return day

	def at(self, day: date, hour: int = 0) -> datetime:
		"""A moment in office hours of that day."""
		return datetime.combine(day, time(hour or self.random.randint(9, 16), self.random.choice((0, 15, 30, 45))))


def load() -> list[dict]:
	"""Fill the site; return the sample users as [{"role", "user", "password"}]."""
	if register.is_loaded():
		frappe.throw(_("This site has sample data already. Clear them first."), title=_("Sample data"))
	random = Random(SEED)
	with register.recording(), quietly(), accounts.many_at_once():
		users = accounts.load()
		sample = Sample(random, People(random), getdate(), {row["role"]: row["user"] for row in users})
		for part in PARTS:
			import_module(f"{__name__}.{part}").load(sample)
	_count(sample.today)
	return users


def clear() -> None:
	"""Take away what `load()` made; records that somebody entered are not touched."""
	with quietly():
		clearing.clear()
	_count(getdate())


def _count(today: date) -> None:
	"""The board's figures, which otherwise come with the night. Commits what was done so far."""
	frappe.clear_cache()
	roll_up.rebuild(date(help_requests.REPORTED_YEAR, 1, 1), today)
	annual.recount_open()
