"""Who is meant by a pseudonym in the access log. The key stands in `Log Pseudonym`, in the site's own database; erasing a person
removes it, and what is left in the log names nobody.

Each web process keeps what it asked for lately. A key that is destroyed is forgotten at once by every process beside the same key
file, and within half a minute by those of another machine; until then a row could only be about somebody who is not there to be read.
"""

import hashlib
import os
import secrets
import time

import frappe
from frappe.utils import now_datetime

from lsm_crm.services import keys

KEPT_SECONDS = 30
MOST_KEPT = 20_000
_kept: dict[str, tuple[float, int, dict]] = {}  # {site: (since when, stamp, {(kind, name): pseudonym})}


def of(people: list[tuple[str, str]]) -> list[str]:
	"""The pseudonym of each (kind, name); a person who has none yet gets a random one."""
	found = _kept_here()
	unknown = [person for person in people if person not in found]
	if unknown:
		found.update(_stored(unknown))
		missing = [person for person in dict.fromkeys(unknown) if person not in found]
		if missing:
			found.update(_give(missing))
	return [found[person] for person in people]


def known(kind: str, name: str) -> str:
	"""The pseudonym of a person who has one, or a word that is nobody's."""
	return frappe.db.get_value("Log Pseudonym", _id(kind, name), "pseudonym") or "nobody"


def people(pseudonyms: set[str]) -> dict[str, tuple[str, str]]:
	"""{pseudonym: (kind, name)} of those whose key still exists."""
	if not pseudonyms:
		return {}
	table = frappe.qb.DocType("Log Pseudonym")
	found = frappe.qb.from_(table).select(table.pseudonym, table.kind, table.record)
	return {p: (kind, record) for p, kind, record in found.where(table.pseudonym.isin(list(pseudonyms))).run()}


def forget(kind: str, name: str) -> None:
	"""Destroy the key to a person's rows; done by erasure."""
	frappe.db.delete("Log Pseudonym", {"name": _id(kind, name)})
	_kept.pop(frappe.local.site, None)
	frappe.db.after_commit.add(tell_others)


def _kept_here() -> dict[tuple[str, str], str]:
	if not getattr(frappe.local, "request", None):
		return {}  # a job may still undo the keys that it gave
	site, now, stamp = frappe.local.site, time.monotonic(), _stamp()
	since, told, found = _kept.get(site, (0.0, -1, {}))
	if told != stamp or now - since > KEPT_SECONDS or len(found) > MOST_KEPT:
		found = {}
		_kept[site] = (now, stamp, found)
	return found


def _stamp() -> int:
	try:
		return os.stat(_stamp_file()).st_mtime_ns
	except FileNotFoundError:
		return 0


def _stamp_file() -> str:
	return str(keys.path().with_suffix(".log-forgotten"))


def tell_others() -> None:
	"""Every web process beside the same key file asks anew, as after an erasure or a restore."""
	with open(_stamp_file(), "w") as file:
		file.write(secrets.token_hex(4))  # a new moment of change, which the others see


def _give(missing: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
	table = frappe.qb.DocType("Log Pseudonym")
	now = now_datetime()
	insert = (
		frappe.qb.into(table).columns("name", "creation", "modified", "owner", "kind", "record", "pseudonym").ignore()
	)
	for kind, name in missing:
		insert = insert.insert(_id(kind, name), now, now, "Administrator", kind, name, secrets.token_hex(16))
	insert.run()
	if getattr(frappe.local, "request", None):
		frappe.db.commit()  # what is logged must stay readable, whatever becomes of the request
	return _stored(missing)


def _stored(wanted: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
	"""The keys that there are. Asked when something personal is read, so without the query builder's own work."""
	ids = {_id(*person): person for person in wanted}
	rows = frappe.db.sql("SELECT name, pseudonym FROM `tabLog Pseudonym` WHERE name IN %s", (list(ids),))
	return {ids[name]: pseudonym for name, pseudonym in rows}


def _id(kind: str, name: str) -> str:
	return hashlib.sha256(f"{kind}\x1f{name}".encode()).hexdigest()[:32]
