"""From a series to dated events, lessons, sessions and Kidsoase days.

Each made document remembers its series and the day by the rule (`series_day`), so that making them again makes none twice and an
exception finds the one that it cancels or moves. Times are local: a series at 19:00 stays at 19:00 over a clock change.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import frappe
from frappe import _
from frappe.utils import add_days, getdate, to_timedelta

from lsm_crm.exceptions import RoomTakenError
from lsm_crm.services import desk_notice, recurrence

WEEKDAY_FIELDS = {day.lower(): day for day in recurrence.WEEKDAYS}
HAPPENED = ("Running", "Completed", "Held", "Open", "Closed")


def rule_of(series) -> recurrence.Rule:
	"""The series as a rule; raises RecurrenceError for a position that cannot be read."""
	return recurrence.Rule(
		frequency=series.frequency,
		starts_on=getdate(series.starts_on),
		ends_on=getdate(series.ends_on) if series.ends_on else None,
		interval=series.interval or 0,
		weekdays=tuple(name for field, name in WEEKDAY_FIELDS.items() if series.get(field)),
		positions=recurrence.positions_from_text(series.positions),
		month_days=recurrence.positions_from_text(series.month_days),
		skip_holidays=bool(series.skip_public_holidays),
		skipped=frozenset(getdate(row.day) for row in series.exceptions if row.action == "Cancelled"),
		extra=frozenset(getdate(row.day) for row in series.exceptions if row.action == "Added"),
	)


def days(series, first: date, last: date) -> list[date]:
	"""Days by the rule, without holidays of either kind and without days that an exception cancels."""
	rule = rule_of(series)
	found = recurrence.dates(rule, first, last)
	if not series.skip_school_holidays:
		return found
	free = school_holidays(first, last)
	return [day for day in found if day in rule.extra or not any(a <= day <= b for a, b in free)]


def school_holidays(first: date, last: date, region: str = "Middle") -> list[tuple[date, date]]:
	rows = frappe.get_all(
		"School Holiday",
		filters={"region": region, "first_day": ("<=", last), "last_day": (">=", first)},
		fields=["first_day", "last_day"],
	)
	return [(row.first_day, row.last_day) for row in rows]


def unknown_school_years(first: date, last: date, region: str = "Middle") -> list[str]:
	"""School years, such as "2028-2029", of which no holiday is written down: nothing can be skipped in them."""
	rows = frappe.get_all("School Holiday", filters={"region": region}, pluck="first_day")
	known = {_school_year(day) for day in rows}
	asked = range(_school_year(first), _school_year(last) + 1)
	return [f"{year}-{year + 1}" for year in asked if year not in known]


def _school_year(day: date) -> int:
	# The summer holiday ends a school year; the next one begins in August or September.
	return day.year if day.month >= 8 else day.year - 1


def holidays_missing(series, last: date) -> list[str]:
	"""A sentence for each school year of which the series should skip the holidays and cannot."""
	if not series.skip_school_holidays:
		return []
	first = max(getdate(), getdate(series.starts_on))
	sentence = _("The school holidays of {0} are not known yet, so that no date is skipped for them.")
	return [
		f"{sentence.format(year)} {_('The coordinator adds them to the list School Holiday.')}"
		for year in unknown_school_years(first, max(first, last))
	]


def make_dates(series_name: str, until: date | None = None) -> dict[str, list]:
	"""Make what is missing up to that day (or the series' weeks ahead) and carry out exceptions.

	Returns {"made": names, "changed": names, "refused": [(day, sentence)], "notes": sentences}; a room that is taken stops one
	date, not the series.
	"""
	series = frappe.get_doc("Activity Series", series_name, for_update=True)
	last = getdate(until) if until else add_days(getdate(), 7 * (series.weeks_ahead or 8))
	result: dict[str, list] = {"made": [], "changed": [], "refused": [], "notes": []}
	if not series.active:
		return result
	_carry_out_exceptions(series, result)
	# A date that is moved is never made where it was moved from.
	there = {*_made_days(series), *(getdate(row.day) for row in series.exceptions if row.action == "Moved")}
	for day in days(series, max(getdate(), getdate(series.starts_on)), last):
		if day not in there:
			_make_one(series, day, result)
	result["notes"] = holidays_missing(series, last)
	series.db_set("made_until", last, update_modified=False)
	return result


def make_all() -> None:
	"""Scheduler: keep every active series filled ahead."""
	for name in frappe.get_all("Activity Series", filters={"active": 1}, pluck="name"):
		try:
			until = frappe.db.get_value("Activity Series", name, "made_until")
			make_dates(name)
			_tell_of_missing_holidays(name, until)
			frappe.db.commit()  # each series by itself: one that fails must not undo the others
		except Exception:
			frappe.db.rollback()
			frappe.log_error(title=f"Activity Series {name}")


def _tell_of_missing_holidays(name: str, until: date | None) -> None:
	"""Once, when the series reaches a school year without holidays: who leads it hears that it cannot skip them."""
	series = frappe.get_doc("Activity Series", name)
	before = holidays_missing(series, getdate(until)) if until else []
	if len(holidays_missing(series, getdate(series.made_until))) > len(before):
		desk_notice.tell(
			series.lead,
			lambda: " ".join([series.title, *holidays_missing(series, getdate(series.made_until))]),
			"Activity Series",
			name,
		)


def _make_one(series, day: date, result: dict, moved=None) -> None:
	starts, ends = _times(series, day, moved)
	doc = frappe.get_doc(
		{
			"doctype": series.makes,
			"series": series.name,
			"series_day": day,
			"starts_on": starts,
			"ends_on": ends,
			"venue": series.venue,
			"room": series.room,
			**_own_fields(series),
		}
	)
	doc.flags.by_service = True
	_if_the_room_is_free(day, result, "made", lambda: doc.insert(ignore_permissions=True).name)


def _own_fields(series) -> dict:
	common = {"lead": series.lead}
	if series.makes == "LSM Event":
		return {
			**common,
			"title": series.title,
			"event_type": series.event_type,
			"project": series.project,
			"capacity": series.capacity,
			"description": series.description,
		}
	if series.makes == "Kidsoase Day":
		return {**common, "title": series.title, "places": series.capacity or 15}
	if series.makes == "Lesson":
		group = frappe.get_cached_doc("Tutoring Group", series.tutoring_group)
		return {
			"tutoring_group": group.name,
			"mode": group.mode,
			"adults": [{"user": row.user, "task": "Tutor"} for row in group.tutors],
			"attendance": [{"pupil": row.pupil} for row in group.pupils],
		}
	return {"senior_activity": series.senior_activity}


def _times(series, day, moved=None) -> tuple[datetime, datetime]:
	"""Beginning and end of the date of that day; `moved` is the exception that puts it elsewhere."""
	if moved and moved.new_day:
		day = moved.new_day
	start = moved.new_start if moved and moved.new_start else series.start_time
	starts = datetime.combine(getdate(day), datetime.min.time()) + to_timedelta(str(start))
	return starts, starts + (to_timedelta(str(series.end_time)) - to_timedelta(str(series.start_time)))


def _made_days(series) -> dict[date, str]:
	rows = frappe.get_all(series.makes, filters={"series": series.name}, fields=["name", "series_day"])
	return {getdate(row.series_day): row.name for row in rows}


def _carry_out_exceptions(series, result: dict) -> None:
	"""Move or cancel the one date that an exception names, if it has not happened yet; make it there where it is missing."""
	made = _made_days(series)
	for row in series.exceptions:
		day = getdate(row.day)
		if row.action == "Added":
			continue
		if name := made.get(day):
			_if_the_room_is_free(day, result, "changed", partial(_change, series, row, name))
		elif row.action == "Moved" and day >= getdate():
			_make_one(series, day, result, row)


def _if_the_room_is_free(day: date, result: dict, key: str, work: Callable[[], str | None]) -> None:
	"""Do it and keep the name that it gives under `key`; a room that is taken undoes this date alone and is told."""
	frappe.db.savepoint("series_date")
	try:
		if name := work():
			result[key].append(name)
	except RoomTakenError as error:
		frappe.db.rollback(save_point="series_date")
		frappe.clear_last_message()
		result["refused"].append((day, str(error)))


def _change(series, row, name: str) -> str | None:
	doc = frappe.get_doc(series.makes, name)
	state = "workflow_state" if doc.meta.has_field("workflow_state") else "state"
	if doc.get(state) in (*HAPPENED, "Cancelled"):
		return None
	doc.flags.by_service = True
	if row.action == "Cancelled":
		doc.cancel_reason = row.reason or _("Cancelled in the series")
		if state == "workflow_state":
			doc.flags.workflow_actor = series.name
		doc.set(state, "Cancelled")
	else:
		starts, ends = _times(series, row.day, row)
		if doc.starts_on == starts and doc.ends_on == ends:
			return None
		doc.starts_on, doc.ends_on = starts, ends
	return doc.save(ignore_permissions=True).name
