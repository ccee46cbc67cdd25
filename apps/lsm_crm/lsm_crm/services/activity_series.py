"""From a series to dated events, lessons, sessions and Kidsoase days.

Each made document remembers its series and the day by the rule (`series_day`), so that making them again makes none twice and an
exception finds the one that it cancels or moves. Times are local: a series at 19:00 stays at 19:00 over a clock change.
"""

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import add_days, getdate, to_timedelta

from lsm_crm.exceptions import RoomTakenError
from lsm_crm.services import recurrence

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


def make_dates(series_name: str, until: date | None = None) -> dict[str, list]:
	"""Make what is missing up to that day (or the series' weeks ahead) and carry out exceptions.

	Returns {"made": names, "changed": names, "refused": [(day, sentence)]}; a room that is taken stops one date, not the series.
	"""
	series = frappe.get_doc("Activity Series", series_name, for_update=True)
	last = getdate(until) if until else add_days(getdate(), 7 * (series.weeks_ahead or 8))
	result: dict[str, list] = {"made": [], "changed": [], "refused": []}
	if not series.active:
		return result
	result["changed"] = _carry_out_exceptions(series)
	there = _made_days(series)
	for day in days(series, max(getdate(), getdate(series.starts_on)), last):
		if day not in there:
			_make_one(series, day, result)
	series.db_set("made_until", last, update_modified=False)
	return result


def make_all() -> None:
	"""Scheduler: keep every active series filled ahead."""
	for name in frappe.get_all("Activity Series", filters={"active": 1}, pluck="name"):
		try:
			make_dates(name)
			frappe.db.commit()  # each series by itself: one that fails must not undo the others
		except Exception:
			frappe.db.rollback()
			frappe.log_error(title=f"Activity Series {name}")


def _make_one(series, day: date, result: dict) -> None:
	starts, ends = _times(series, day)
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
	frappe.db.savepoint("series_date")
	try:
		doc.insert(ignore_permissions=True)
		result["made"].append(doc.name)
	except RoomTakenError as error:
		frappe.db.rollback(save_point="series_date")
		frappe.clear_last_message()
		result["refused"].append((day, str(error)))


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


def _times(series, day: date, start=None) -> tuple[datetime, datetime]:
	midnight = datetime.combine(day, datetime.min.time())
	length = to_timedelta(str(series.end_time)) - to_timedelta(str(series.start_time))
	starts = midnight + to_timedelta(str(start if start is not None else series.start_time))
	return starts, starts + length


def _made_days(series) -> dict[date, str]:
	rows = frappe.get_all(series.makes, filters={"series": series.name}, fields=["name", "series_day"])
	return {getdate(row.series_day): row.name for row in rows}


def _carry_out_exceptions(series) -> list[str]:
	"""Move or cancel the one date that an exception names, if it has been made and has not happened yet."""
	made = _made_days(series)
	changed = []
	for row in series.exceptions:
		name = made.get(getdate(row.day))
		if row.action == "Added":
			continue
		if row.action == "Moved" and not name and getdate(row.day) >= getdate():
			result: dict[str, list] = {"made": [], "refused": []}
			_make_one(series, getdate(row.day), result)
			name = (result["made"] or [None])[0]
		if name and _change(series, row, name):
			changed.append(name)
	return changed


def _change(series, row, name: str) -> bool:
	doc = frappe.get_doc(series.makes, name)
	state = "workflow_state" if doc.meta.has_field("workflow_state") else "state"
	if doc.get(state) in (*HAPPENED, "Cancelled"):
		return False
	doc.flags.by_service = True
	if row.action == "Cancelled":
		doc.cancel_reason = row.reason or _("Cancelled in the series")
		if state == "workflow_state":
			doc.flags.workflow_actor = series.name
		doc.set(state, "Cancelled")
	else:
		starts, ends = _times(series, getdate(row.new_day or row.day), row.new_start or None)
		if doc.starts_on == starts and doc.ends_on == ends:
			return False
		doc.starts_on, doc.ends_on = starts, ends
	doc.save(ignore_permissions=True)
	return True
