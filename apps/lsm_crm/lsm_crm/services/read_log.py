"""Who read whose data, through every door: append-only, chained by hash, with keyed pseudonyms for people.

A row says when, who (a pseudonym), through which door, what kind of record, and about whom (pseudonyms). Which pseudonym is whose
stands in `Log Pseudonym`, in the site's own database: erasing a person removes that row, and what is left in the log names nobody.
The chain is walked by `verify`; its head is also kept in a file.
"""

import hmac
import json

import frappe
from frappe import _

from lsm_crm.services import clock, keys, log_pseudonyms, personal_data, read_log_store

MOST_SUBJECTS = 1000
BATCH = 5000


class ReadLogError(frappe.ValidationError):
	"""The reading could not be logged, so nothing is given out."""

	http_status_code = 503


def record(door: str, doctype: str, names: list[str], number: int | None = None) -> None:
	"""Log that the caller read these records. `number` is how many rows were given where their names are not known.

	Services that give out personal data by other ways than the framework's call this themselves.
	"""
	if not personal_data.is_personal(doctype):
		return
	names = [str(name) for name in names if name][:MOST_SUBJECTS]
	subjects = personal_data.subjects_of(doctype, names)
	if not names and not number:
		return
	actor, *about = log_pseudonyms.of([("User", frappe.session.user), *subjects])
	row = {
		"at": clock.now(),
		"actor": actor,
		"door": door,
		"doctype": doctype,
		"number": number if number is not None else len(names),
		"subjects": json.dumps(about),
	}
	row["mac"] = mac(row)
	read_log_store.append(row)


def record_file(doc) -> None:
	"""Log that a private file was given out."""
	if doc.attached_to_doctype and doc.attached_to_name:
		record("file", doc.attached_to_doctype, [doc.attached_to_name])


def mac(row: dict) -> str:
	"""Keyed digest of a row's content, so that a row cannot be made up by who only has the log's database."""
	text = "\x1f".join(str(row[key]) for key in ("at", "actor", "door", "doctype", "number", "subjects"))
	return hmac.digest(keys.purpose("access-log"), text.encode(), "sha256").hex()


def verify() -> list[str]:
	"""Walk the whole chain. Gives sentences about what is wrong; an empty list when nothing was changed or removed."""
	wrong, previous, last = [], read_log_store.FIRST, 0
	kept_number, kept_hash = read_log_store.kept_head()
	seen_kept = kept_number == 0
	while rows := _rows_after(last):
		for row in rows:
			expected = read_log_store.chained(previous, row["mac"])
			if row["previous"] != previous or row["hash"] != expected:
				wrong.append(_("The access log's chain breaks at row {0}.").format(row["id"]))
			if mac(row) != row["mac"]:
				wrong.append(_("Row {0} of the access log was changed.").format(row["id"]))
			previous, last = row["hash"], row["id"]
			if last == kept_number:
				seen_kept = row["hash"] == kept_hash
		if len(wrong) > 20:
			break
	if not seen_kept:
		wrong.append(
			_("The end of the access log is missing: row {0} was written and is not there.").format(kept_number)
		)
	return wrong


def _rows_after(last: int) -> list[dict]:
	with read_log_store.connection(reading=True) as (db, table):
		return db.sql(
			f"SELECT * FROM {table} WHERE id > %s ORDER BY id LIMIT {BATCH}",  # noqa: S608 our own names
			(last,),
			as_dict=True,
		)


def find(conditions: dict | None = None, start: int = 0, limit: int = 20) -> list[dict]:
	"""Rows for the privacy officer, newest first, with names in place of pseudonyms where the key still exists.

	`conditions`: subject_kind + subject, actor, door, doctype, since, until.
	"""
	where, values = _where(conditions or {})
	with read_log_store.connection(reading=True) as (db, table):
		rows = db.sql(
			f"SELECT * FROM {table} {where} ORDER BY id DESC LIMIT %(limit)s OFFSET %(start)s",  # noqa: S608 our own names; values are bound
			{**values, "limit": int(limit), "start": int(start)},
			as_dict=True,
		)
	return _with_names(rows)


def count(conditions: dict | None = None) -> int:
	where, values = _where(conditions or {})
	with read_log_store.connection(reading=True) as (db, table):
		return db.sql(f"SELECT COUNT(*) FROM {table} {where}", values)[0][0]  # noqa: S608 our own names; values are bound


def _where(conditions: dict) -> tuple[str, dict]:
	parts: list[str] = []
	values: dict[str, str] = {}
	if conditions.get("subject"):
		known = _all_numbers(conditions.get("subject_kind") or "Client", conditions["subject"])
		values |= {f"subject{place}": f"%{pseudonym}%" for place, pseudonym in enumerate(known)}
		parts.append("(" + " OR ".join(f"subjects LIKE %(subject{place})s" for place in range(len(known))) + ")")
	if conditions.get("actor"):
		values["actor"] = log_pseudonyms.known("User", conditions["actor"])
		parts.append("actor = %(actor)s")
	for key in ("door", "doctype", "id"):
		if conditions.get(key):
			values[key] = conditions[key]
			parts.append(f"{key} = %({key})s")
	for key, sign in (("since", ">="), ("until", "<=")):
		if conditions.get(key):
			values[key] = conditions[key]
			parts.append(f"at {sign} %({key})s")
	return ("WHERE " + " AND ".join(parts)) if parts else "", values


def _all_numbers(kind: str, name: str) -> list[str]:
	"""Pseudonyms of a person under the own number, and under those that were merged into it."""
	merged = frappe.get_all("Client", filters={"merged_into": name}, pluck="name") if kind == "Client" else []
	return [log_pseudonyms.known(kind, one) for one in (name, *merged)]


def _with_names(rows: list[dict]) -> list[dict]:
	wanted = {row["actor"] for row in rows}
	for row in rows:
		row["subjects"] = json.loads(row["subjects"])
		wanted.update(row["subjects"])
	names = log_pseudonyms.people(wanted)
	for row in rows:
		row["actor"] = names.get(row["actor"], ("", row["actor"][:8]))[1]
		row["subjects"] = [" ".join(names[p]) if p in names else _("erased person") for p in row["subjects"]]
	return rows
