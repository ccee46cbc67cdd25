"""Deadlines in Dutch working days.

A term in working days skips Saturdays, Sundays and public holidays. A term in days, weeks or months that would end on one of
those ends on the next working day: Algemene termijnenwet article 1, which counts Good Friday among the holidays (article 3).
"""

from datetime import date, timedelta
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta


@cache
def _holidays(year: int) -> frozenset[date]:
	# The days of the law on terms: public ones, with Good Friday; Liberation Day counts every year.
	found = set(holidays.country_holidays("NL", years=year))
	easter = next(
		day
		for day, name in holidays.country_holidays("NL", years=year, language="en_US").items()
		if "Easter Sunday" in name
	)
	return frozenset({*found, easter - timedelta(days=2), date(year, 5, 5)})


def is_working_day(day: date) -> bool:
	"""Whether offices work: no weekend, no holiday."""
	return day.weekday() < 5 and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
	"""The day itself, or the first working day after it."""
	while not is_working_day(day):
		day += timedelta(days=1)
	return day


def add_working_days(day: date, count: int) -> date:
	"""`count` working days later; before, when negative. The day itself does not count."""
	step = timedelta(days=1 if count > 0 else -1)
	for _nth in range(abs(count)):
		day += step
		while not is_working_day(day):
			day += step
	return day


def due_date(counted_from: date, length: int, unit: str) -> date:
	"""The last day of a term that starts the day after `counted_from`."""
	if unit == "Working days":
		return add_working_days(counted_from, length)
	span = {
		"Days": timedelta(days=length),
		"Weeks": timedelta(weeks=length),
		"Months": relativedelta(months=length),
	}[unit]
	return next_working_day(counted_from + span)
