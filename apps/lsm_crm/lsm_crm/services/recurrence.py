"""Dates of things that repeat: shifts, activities and events.

A rule is plain data, so that a shift rule and an activity series share one meaning. Nothing here touches the database.
Dates are local calendar dates; times of day belong to whoever owns the rule, since a day may have clock changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

FREQUENCIES = ("Daily", "Weekly", "Monthly by Weekday", "Monthly by Date")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# A rule without an end must not be asked for the next century by a typing error.
LONGEST_SPAN = timedelta(days=5 * 366)


class RecurrenceError(ValueError):
	"""The rule says something that no calendar can follow. `code` is one of the keys of MESSAGES."""

	def __init__(self, code: str):
		super().__init__(MESSAGES[code])
		self.code = code


MESSAGES = {
	"frequency": "Choose how often it repeats.",
	"interval": "The interval must be 1 or more.",
	"weekday": "Choose at least one day of the week.",
	"position": "Choose which weeks of the month, such as 2 and 4; -1 is the last.",
	"month_day": "Choose a day of the month from 1 to 31, or -1 for the last day.",
	"order": "The last day lies before the first day.",
	"span": "Ask for at most five years at a time.",
}


@dataclass(frozen=True)
class Rule:
	"""`interval` counts days, weeks or months from `starts_on`; `positions` are weeks of the month (-1 is the last)."""

	frequency: str
	starts_on: date
	ends_on: date | None = None
	interval: int = 1
	weekdays: tuple[str, ...] = ()
	positions: tuple[int, ...] = ()
	month_days: tuple[int, ...] = ()
	skip_holidays: bool = True
	skipped: frozenset[date] = frozenset()
	extra: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Skipped:
	day: date
	reason: str


def positions_from_text(text: str | None) -> tuple[int, ...]:
	"""Read "2,4" or "2 and 4" or "last" as staff type it; raises RecurrenceError for anything else."""
	words = (text or "").lower().replace("&", ",").replace(" and ", ",").replace("last", "-1").split(",")
	found = []
	for word in filter(None, (w.strip() for w in words)):
		digits = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
		try:
			found.append(int(digits))
		except ValueError:
			raise RecurrenceError("position") from None
	return tuple(dict.fromkeys(found))


def check(rule: Rule) -> None:
	"""Raise RecurrenceError when the rule cannot be followed."""
	if rule.frequency not in FREQUENCIES:
		raise RecurrenceError("frequency")
	if rule.interval < 1:
		raise RecurrenceError("interval")
	if rule.ends_on and rule.ends_on < rule.starts_on:
		raise RecurrenceError("order")
	if rule.frequency in ("Weekly", "Monthly by Weekday") and (
		not rule.weekdays or any(day not in WEEKDAYS for day in rule.weekdays)
	):
		raise RecurrenceError("weekday")
	if rule.frequency == "Monthly by Weekday" and (
		not rule.positions or any(p == 0 or not -5 <= p <= 5 for p in rule.positions)
	):
		raise RecurrenceError("position")
	if rule.frequency == "Monthly by Date" and (
		not rule.month_days or any(d == 0 or not -1 <= d <= 31 for d in rule.month_days)
	):
		raise RecurrenceError("month_day")


def dates(rule: Rule, first: date, last: date) -> list[date]:
	"""Days of the rule from `first` to `last`, both included, holidays and skipped days left out."""
	return _dates_and_skips(rule, first, last)[0]


def skips(rule: Rule, first: date, last: date) -> list[Skipped]:
	"""Days that the rule would give and that are left out, with the reason: a holiday's name or "skipped"."""
	return _dates_and_skips(rule, first, last)[1]


def holiday_name(day: date, language: str = "en_US") -> str | None:
	"""Name of the Dutch public holiday on that day, or None."""
	return _holidays(day.year, language).get(day)


def _dates_and_skips(rule: Rule, first: date, last: date) -> tuple[list[date], list[Skipped]]:
	check(rule)
	if last - first > LONGEST_SPAN:
		raise RecurrenceError("span")
	kept, left_out = set(), []
	for day in _by_calendar(rule, first, last):
		if day in rule.skipped:
			left_out.append(Skipped(day, "skipped"))
		elif rule.skip_holidays and (name := holiday_name(day)):
			left_out.append(Skipped(day, name))
		else:
			kept.add(day)
	# A day that someone added by hand is wanted, holiday or not.
	kept.update(day for day in rule.extra if first <= day <= last)
	return sorted(kept), [skip for skip in left_out if skip.day not in kept]


def _by_calendar(rule: Rule, first: date, last: date) -> Iterable[date]:
	last = min(last, rule.ends_on) if rule.ends_on else last
	if last < max(first, rule.starts_on):
		return
	options = {"interval": rule.interval, "dtstart": _start(rule), "until": last}
	if rule.frequency == "Daily":
		found = rrule(DAILY, **options)
	elif rule.frequency == "Weekly":
		found = rrule(WEEKLY, byweekday=[WEEKDAYS.index(d) for d in rule.weekdays], **options)
	elif rule.frequency == "Monthly by Weekday":
		days = [weekday(WEEKDAYS.index(d), p) for d in rule.weekdays for p in rule.positions]
		found = rrule(MONTHLY, byweekday=days, **options)
	else:
		found = rrule(MONTHLY, bymonthday=list(rule.month_days), **options)
	for moment in found:
		day = moment.date()
		if day >= first and day >= rule.starts_on:
			yield day


def _start(rule: Rule) -> date:
	# Intervals of months count from the month of the start, so the 31st as a start must not skip short months.
	return rule.starts_on.replace(day=1) if rule.frequency.startswith("Monthly") else rule.starts_on


@lru_cache(maxsize=64)
def _holidays(year: int, language: str) -> dict:
	return dict(holidays.country_holidays("NL", years=year, language=language))
