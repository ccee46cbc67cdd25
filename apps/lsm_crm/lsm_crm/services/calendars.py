"""Which DocTypes have a calendar, and what it shows of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime

MOST = 1000


@dataclass(frozen=True)
class Calendar:
	"""Names of the fields that a calendar needs."""

	doctype: str
	start: str
	end: str
	title: str
	state: str
	linked_title: str = ""  # DocType and field of the title, when `title` is a link: "Tutoring Group.title"
	by_day: bool = False  # a date with times beside it, moved in its form only


CALENDARS = {
	calendar.doctype: calendar
	for calendar in (
		Calendar("LSM Event", "starts_on", "ends_on", "title", "workflow_state"),
		Calendar("Lesson", "starts_on", "ends_on", "tutoring_group", "state", "Tutoring Group.title"),
		Calendar("Senior Session", "starts_on", "ends_on", "senior_activity", "state", "Senior Activity.title"),
		Calendar("Kidsoase Day", "starts_on", "ends_on", "title", "state"),
		Calendar("Client Appointment", "starts_on", "ends_on", "subject", "status"),
		Calendar("Volunteer Shift", "starts_at", "ends_at", "title", "state"),
		Calendar("Catering Order", "delivery_date", "delivery_date", "customer_name", "workflow_state", by_day=True),
	)
}

# How a state looks: open to do, sure, done, or off.
LOOKS = {
	"warning": ("Draft", "Planned", "Requested", "Open"),
	"success": ("Completed", "Held", "Delivered", "Settled", "Full", "Closed"),
	"danger": ("Cancelled", "Missed"),
}
LOOK_OF = {state: look for look, states in LOOKS.items() for state in states}


def events_of(calendar: Calendar, start: datetime, end: datetime, filters: list) -> list[dict]:
	"""Events between two moments, newest rules of the reader applied by the framework's own list."""
	fields = ["name", "modified", calendar.start, calendar.end, calendar.title, calendar.state]
	if calendar.by_day:
		fields += ["window_from", "window_to", "organisation"]
	rows = frappe.get_list(
		calendar.doctype,
		filters=[
			*_plain(calendar.doctype, filters),
			[calendar.start, "<=", end],
			[calendar.start, ">=", start - timedelta(days=7)],
		],
		fields=list(dict.fromkeys(fields)),
		limit_page_length=MOST,
	)
	titles = _linked_titles(calendar, rows)
	return [_event(calendar, row, titles) for row in rows]


def _plain(doctype: str, filters: list) -> list:
	return [row[:4] for row in filters if isinstance(row, list) and len(row) >= 4 and row[0] == doctype]


def _linked_titles(calendar: Calendar, rows: list[dict]) -> dict[str, str]:
	if not calendar.linked_title:
		return {}
	doctype, field = calendar.linked_title.split(".")
	names = list({row[calendar.title] for row in rows if row[calendar.title]})
	# who sees a lesson may know what it is called
	return dict(frappe.get_all(doctype, filters={"name": ("in", names)}, fields=["name", field], as_list=True))


def _event(calendar: Calendar, row: dict, titles: dict[str, str]) -> dict:
	start, end = row[calendar.start], row[calendar.end]
	if calendar.by_day:
		start = get_datetime(f"{row[calendar.start]} {row['window_from'] or '00:00:00'}")
		end = get_datetime(f"{row[calendar.start]} {row['window_to'] or row['window_from'] or '00:00:00'}")
	title = titles.get(row[calendar.title], row[calendar.title]) or row.get("organisation") or row["name"]
	state = row[calendar.state]
	return {
		"name": row["name"],
		"doctype": calendar.doctype,
		"title": f"{title} · {_(state)}",
		"start": str(start),
		"end": str(end or get_datetime(start) + timedelta(hours=1)),
		"all_day": 0,
		"look": LOOK_OF.get(state, "default"),
		"modified": str(row["modified"]),
	}
