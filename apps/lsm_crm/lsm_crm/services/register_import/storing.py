"""Checked rows into the database: all of them or none, many at a time.

The controller is passed by, which a hundred thousand rows need; what it checks is checked in `checking.py`, and notes are encrypted
here as it would.
"""

import frappe
from frappe.utils import now

from lsm_crm.services.encryption import encrypt
from lsm_crm.services.register_import.checking import Row

DOCTYPE = "Help Request"
CHUNK = 2_000
FIELDS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"docstatus",
	"request_date",
	"channel",
	"main_topic",
	"language",
	"area",
	"workflow_state",
	"volunteer",
	"mode",
	"minutes",
	"project",
	"client_group",
	"note",
	"source",
	"source_key",
)
CHILD_FIELDS = ("name", "creation", "modified", "owner", "modified_by", "parent", "parenttype", "parentfield", "idx")


def known_keys(rows: list[Row]) -> set[str]:
	"""Keys of rows that were taken over before."""
	table = frappe.qb.DocType(DOCTYPE)
	found: set[str] = set()
	for start in range(0, len(rows), CHUNK):
		keys = [row.key for row in rows[start : start + CHUNK]]
		found.update(frappe.qb.from_(table).select(table.source_key).where(table.source_key.isin(keys)).run(pluck=True))
	return found


def store(rows: list[Row]) -> int:
	"""Insert all rows in the running transaction; the caller commits or rolls back."""
	project = frappe.db.get_single_value("LSM Settings", "walk_in_project")
	number = _reserve_numbers(len(rows))
	for start in range(0, len(rows), CHUNK):
		chunk = rows[start : start + CHUNK]
		_insert(chunk, number + start, project)
	return len(rows)


def _prefix() -> str:
	return f"HR-{frappe.utils.nowdate()[:4]}-"


def _reserve_numbers(count: int) -> int:
	"""Take the next numbers of the series at once; return the first."""
	series = frappe.qb.DocType("Series")
	rows = frappe.qb.from_(series).select(series.current).where(series.name == _prefix()).for_update().run()
	if rows:
		frappe.qb.update(series).set(series.current, series.current + count).where(series.name == _prefix()).run()
		return int(rows[0][0]) + 1
	frappe.qb.into(series).columns("name", "current").insert(_prefix(), count).run()
	return 1


def _insert(rows: list[Row], first: int, project: str | None) -> None:
	stamp, user = now(), frappe.session.user
	requests: list[tuple] = []
	topics: list[tuple] = []
	services: list[tuple] = []
	for offset, row in enumerate(rows):
		name, values = f"{_prefix()}{first + offset:05}", row.values
		requests.append(
			(
				name,
				stamp,
				stamp,
				user,
				user,
				0,
				values["request_date"],
				values["channel"],
				values["topics"][0],
				values["language"],
				values["area"],
				"Answered",
				values["volunteer"],
				values["mode"],
				values["minutes"],
				project,
				values["client_group"],
				encrypt(values["note"], DOCTYPE, name, "note"),
				"Register",
				row.key,
			)
		)
		for field, values_of_child, target in (
			("topics", values["topics"], topics),
			("services", values["services"], services),
		):
			for index, value in enumerate(values_of_child, 1):
				target.append(
					(frappe.generate_hash(length=16), stamp, stamp, user, user, name, DOCTYPE, field, index, value)
				)
	_insert_many(DOCTYPE, FIELDS, requests)
	_insert_many("Help Topic Row", (*CHILD_FIELDS, "topic"), topics)
	_insert_many("Service Type Row", (*CHILD_FIELDS, "service_type"), services)


def _insert_many(doctype: str, fields: tuple[str, ...], rows: list[tuple]) -> None:
	"""One statement with parameters: the framework's bulk insert writes each value into the text, which is ten times slower."""
	if not rows:
		return
	columns = ", ".join(f"`{field}`" for field in fields)
	places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
	values = [value for row in rows for value in row]
	frappe.db.sql(f"insert into `tab{doctype}` ({columns}) values {places}", values)  # noqa: S608 - names are constants
