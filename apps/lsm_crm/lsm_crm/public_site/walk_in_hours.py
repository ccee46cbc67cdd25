"""When the walk-in hour is, from LSM Settings: words in the reader's language, times and places as they are."""

from dataclasses import dataclass

import frappe
from frappe.utils import to_timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass
class WalkInHour:
	weekday: str  # in English; the page translates it
	starts: str
	ends: str
	place: str


def all_hours() -> list[WalkInHour]:
	"""In the order of the week. Read for guests on purpose: they are there to be told."""
	rows = frappe.get_all(
		"Walk-in Hour",
		filters={"parent": "LSM Settings"},
		fields=["weekday", "starts_at", "ends_at", "place"],
		limit=50,
	)
	rows.sort(key=lambda row: (WEEKDAYS.index(row.weekday), to_timedelta(row.starts_at)))
	return [WalkInHour(row.weekday, _clock(row.starts_at), _clock(row.ends_at), row.place or "") for row in rows]


def _clock(value) -> str:
	minutes = int(to_timedelta(value).total_seconds()) // 60
	return f"{minutes // 60:02d}:{minutes % 60:02d}"


def for_search_engines() -> list[dict]:
	return [
		{
			"@type": "OpeningHoursSpecification",
			"dayOfWeek": f"https://schema.org/{hour.weekday}",
			"opens": hour.starts,
			"closes": hour.ends,
		}
		for hour in all_hours()
	]
