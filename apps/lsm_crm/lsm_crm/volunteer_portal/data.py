"""What a volunteer sees: always asked for together with that volunteer, and of others only first name and role."""

import frappe
from frappe.query_builder import DocType
from frappe.utils import now_datetime

from lsm_crm.services import shift_places

SHIFT_FIELDS = ["name", "title", "role", "venue", "starts_at", "ends_at", "places", "taken", "state", "note"]
COMING_LIMIT = 100


def my_places(volunteer: str, states=("Taken", "Offered", "Reserve")) -> list[dict]:
	"""Coming places with their shift, and who else stands there."""
	places = frappe.get_all(
		"Shift Place",
		{"volunteer": volunteer, "state": ("in", states), "ends_at": (">", now_datetime())},
		["name", "shift", "state"],
		order_by="starts_at",
		limit=COMING_LIMIT,
	)
	shifts = _shifts([place.shift for place in places])
	others = with_me([place.shift for place in places if place.state != "Reserve"], volunteer)
	return [{**place, "shift": shifts[place.shift], "others": others.get(place.shift, [])} for place in places]


def with_me(shifts: list[str], volunteer: str) -> dict[str, list[dict]]:
	"""First name and role of the others in shifts that the volunteer stands in; nothing else of them."""
	mine = frappe.get_all(
		"Shift Place",
		{"shift": ("in", shifts or [""]), "volunteer": volunteer, "state": ("in", shift_places.HELD)},
		pluck="shift",
	)
	rows = frappe.get_all(
		"Shift Place",
		{"shift": ("in", mine or [""]), "volunteer": ("!=", volunteer), "state": ("in", shift_places.HELD)},
		["shift", "first_name", "role"],
		order_by="first_name",
	)
	found: dict[str, list[dict]] = {}
	for row in rows:
		found.setdefault(row.shift, []).append({"first_name": row.first_name, "role": row.role})
	return found


def open_shifts(person) -> list[dict]:
	"""Coming shifts in the volunteer's accepted roles that are not theirs yet."""
	roles = [row.role for row in person.roles if row.state == "Accepted"]
	shifts = frappe.get_all(
		"Volunteer Shift",
		{"role": ("in", roles or [""]), "state": ("in", ("Open", "Full")), "starts_at": (">", now_datetime())},
		SHIFT_FIELDS,
		order_by="starts_at",
		limit=COMING_LIMIT,
	)
	mine = set(
		frappe.get_all(
			"Shift Place",
			{
				"volunteer": person.name,
				"shift": ("in", [s.name for s in shifts] or [""]),
				"state": ("in", shift_places.ACTIVE),
			},
			pluck="shift",
		)
	)
	return [shift for shift in shifts if shift.name not in mine]


def offered_places(person) -> list[dict]:
	"""Places that others offer, in the volunteer's roles: the shift and nothing about who offers."""
	roles = [row.role for row in person.roles if row.state == "Accepted"]
	table = DocType("Shift Place")
	places = (
		frappe.qb.from_(table)
		.select(table.name, table.shift)
		.where(table.state == "Offered")
		.where(table.volunteer != person.name)
		.where(table.role.isin(roles or [""]))
		.where(table.starts_at > now_datetime())
		.orderby(table.starts_at)
		.limit(COMING_LIMIT)
		.run(as_dict=True)
	)
	shifts = _shifts([place.shift for place in places])
	return [{"name": place.name, "shift": shifts[place.shift]} for place in places]


def hours(volunteer: str) -> list[dict]:
	return frappe.get_all(
		"Hours Entry",
		{"volunteer": volunteer},
		["day", "hours", "role", "state", "description", "refusal_reason"],
		order_by="day desc",
		limit=60,
	)


def expenses(volunteer: str) -> list[dict]:
	return frappe.get_all(
		"Volunteer Expense",
		{"volunteer": volunteer},
		["name", "day", "amount", "description", "workflow_state", "refusal_reason", "cap_note", "paid_on"],
		order_by="day desc",
		limit=60,
	)


def agreements(volunteer: str) -> list[dict]:
	return frappe.get_all(
		"Volunteer Agreement",
		{"volunteer": volunteer, "state": ("!=", "Draft")},
		["name", "title_dutch", "title_other", "state", "signed_on"],
		order_by="creation desc",
	)


def messages(volunteer: str) -> list[dict]:
	return frappe.get_all(
		"Volunteer Message",
		{"volunteer": volunteer},
		["name", "subject", "body", "from_volunteer", "read_on", "creation"],
		order_by="creation desc",
		limit=60,
	)


def unread(volunteer: str) -> int:
	return frappe.db.count(
		"Volunteer Message", {"volunteer": volunteer, "from_volunteer": 0, "read_on": ("is", "not set")}
	)


def _shifts(names: list[str]) -> dict[str, dict]:
	rows = frappe.get_all("Volunteer Shift", {"name": ("in", names or [""])}, SHIFT_FIELDS, limit=0)
	return {row.name: row for row in rows}
