"""What is open to everyone and when: published events and senior activities, as a page, a calendar and for search engines."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe import _

from lsm_crm.public_site import foundation, response, walk_in_hours
from lsm_crm.public_site.languages import LANGUAGES, SiteLanguage

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS_AHEAD = 60
AT_MOST = 150


@dataclass
class Entry:
	kind: str  # the DocType
	name: str
	title: str
	starts: datetime
	ends: datetime | None
	place: str
	address: str
	description: str
	bookable: bool
	sort: str = ""  # the kind of activity, in words

	@property
	def times(self) -> str:
		if self.starts.time() == time.min:  # a day without an hour
			return ""
		end = f"–{self.ends:%H:%M}" if self.ends else ""
		return f"{self.starts:%H:%M}{end}"


def coming(limit: int = AT_MOST) -> list[Entry]:
	"""Published entries from now on, earliest first. Read for guests on purpose: public means public."""
	entries = [*_events(), *_senior_activities()]
	return sorted(entries, key=lambda entry: entry.starts)[:limit]


def by_day() -> list[tuple[date, list[Entry]]]:
	days: dict[date, list[Entry]] = {}
	for entry in coming():
		days.setdefault(entry.starts.date(), []).append(entry)
	return sorted(days.items())


def _rows(doctype: str, fields: list[str], filters: dict) -> list:
	if not frappe.db.exists("DocType", doctype):
		return []
	meta = frappe.get_meta(doctype)
	fields = ["name", *(name for name in fields if meta.has_field(name))]
	if meta.has_field("public"):
		filters["public"] = 1
	until = frappe.utils.add_days(frappe.utils.nowdate(), DAYS_AHEAD)
	filters["starts_on"] = ("between", [frappe.utils.nowdate(), f"{until} 23:59:59"])
	return frappe.get_all(doctype, filters=filters, fields=fields, order_by="starts_on", limit=AT_MOST)


def _events() -> list[Entry]:
	rows = _rows(
		"LSM Event",
		["title", "starts_on", "ends_on", "venue", "place_note", "description", "registration", "event_type"],
		{"workflow_state": ("in", ("Published", "Running"))},
	)
	return [_entry("LSM Event", row, row.get("description"), row.get("registration") != "Closed") for row in rows]


def _senior_activities() -> list[Entry]:
	rows = _rows(
		"Senior Activity",
		["title", "starts_on", "ends_on", "venue", "programme"],
		{"workflow_state": ("in", ("Published", "Running"))},
	)
	return [_entry("Senior Activity", row, row.get("programme"), True) for row in rows]


def _entry(kind: str, row, description: str | None, bookable: bool) -> Entry:
	return Entry(
		kind=kind,
		name=row.name,
		title=row.get("title") or row.name,
		starts=_moment(row.starts_on),
		ends=_moment(row.get("ends_on")) if row.get("ends_on") else None,
		place=row.get("venue") or row.get("place_note") or "",
		address=_address(row.get("venue")),
		description=frappe.utils.strip_html(description or "")[:400],
		bookable=bookable,
		sort=row.get("event_type") or "",
	)


def _moment(value) -> datetime:
	if isinstance(value, datetime):
		return value
	return datetime.combine(frappe.utils.getdate(value), datetime.min.time())


def _address(venue: str | None) -> str:
	if not venue or not frappe.db.has_column("Venue", "address"):
		return ""
	return frappe.get_cached_value("Venue", venue, "address") or ""


def as_ical() -> str:
	"""The agenda as a calendar feed (RFC 5545), for a phone's own calendar."""
	lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//LSM//Agenda//NL", "X-WR-CALNAME:LSM Leiden"]
	host = response.site_url().split("://")[-1].split(":")[0]
	stamp = datetime.now(tz=ZoneInfo("UTC")).strftime("%Y%m%dT%H%M%SZ")
	for entry in coming():
		lines += ["BEGIN:VEVENT", f"UID:{entry.name}@{host}", f"DTSTAMP:{stamp}"]
		lines += _ical_times(entry)
		lines += [f"SUMMARY:{_ical_text(entry.title)}"]
		if entry.place:
			lines.append(f"LOCATION:{_ical_text(', '.join(part for part in (entry.place, entry.address) if part))}")
		lines.append("END:VEVENT")
	return "".join(_fold(line) for line in [*lines, "END:VCALENDAR"])


def _ical_times(entry: Entry) -> list[str]:
	if not entry.times:
		return [f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}"]
	ends = entry.ends or entry.starts + timedelta(hours=1)
	return [f"{key}:{_utc(value)}" for key, value in (("DTSTART", entry.starts), ("DTEND", ends))]


def _utc(moment: datetime) -> str:
	return moment.replace(tzinfo=ZONE).astimezone(ZoneInfo("UTC")).strftime("%Y%m%dT%H%M%SZ")


def _ical_text(text: str) -> str:
	for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
		text = text.replace(sign, escaped)
	return text.replace("\r", "")


def _fold(line: str) -> str:
	"""At most 75 bytes a line, never inside a character."""
	folded, current = [], b""
	for character in line:
		byte = character.encode()
		if len(current) + len(byte) > 74:
			folded.append(current.decode())
			current = b" "
		current += byte
	return "\r\n".join([*folded, current.decode()]) + "\r\n"


def organisation_json(language: SiteLanguage) -> str:
	return _script_safe(
		{
			"@context": "https://schema.org",
			"@type": "NGO",
			"name": "Stichting Leids Steunloket Migranten",
			"alternateName": "LSM",
			"url": f"{response.site_url()}/{language.code}/",
			"telephone": foundation.reach().phone_link.removeprefix("tel:"),
			"email": foundation.reach().email,
			"foundingDate": "2020-01",
			"slogan": _("Together as a human family"),
			"areaServed": "Leiden",
			"openingHoursSpecification": walk_in_hours.for_search_engines(),
			"knowsLanguage": [item.code for item in LANGUAGES],
		}
	)


def events_json(days: list[tuple[date, list[Entry]]], language: SiteLanguage) -> str:
	return _script_safe([_event_json(entry) for _day, entries in days for entry in entries][:50])


def _event_json(entry: Entry) -> dict:
	return {
		"@context": "https://schema.org",
		"@type": "Event",
		"name": entry.title,
		"startDate": entry.starts.replace(tzinfo=ZONE).isoformat(),
		"location": {"@type": "Place", "name": entry.place, "address": entry.address or "Leiden"},
		"isAccessibleForFree": True,
		"organizer": {"@type": "NGO", "name": "Stichting Leids Steunloket Migranten"},
	}


def _script_safe(content) -> str:
	"""JSON that can not end the element it stands in."""
	return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
