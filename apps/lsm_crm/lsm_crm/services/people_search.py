"""Finding a client again: by name in any script and spelling, phone, mail, number, case or date of birth.

Gives number, name and year of birth and no more: that is what the front office may know. The caller checks the role.
"""

import re
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import cint

from lsm_crm.services import names
from lsm_crm.services.contact_data import phone_digits

LIMIT = 10
CANDIDATES = 400  # compared one by one, in memory
ENOUGH_ALIKE = 0.6
LIKELY_DOUBLE = 0.85
SURE = 0.9  # with a page full of these nobody looks for spellings further off

_CASE = re.compile(r"^case-\d{4}-\d+$", re.IGNORECASE)
_CLIENT = re.compile(r"^cl-\d+$", re.IGNORECASE)
_DATE = re.compile(r"\b(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")


@dataclass
class Query:
	"""What was typed, taken apart."""

	name: str = ""
	phone: str | None = None
	email: str | None = None
	born: date | None = None
	year: int | None = None


def search(text: str, limit: int = LIMIT) -> list[dict]:
	"""Return [{"client", "full_name", "birth_year"}], the likeliest first."""
	text = (text or "").strip()[:200]
	if _CLIENT.match(text):
		return _named([text.upper()])
	if _CASE.match(text):
		return _named(filter(None, [frappe.db.get_value("Case", text.upper(), "client")]))
	query = take_apart(text)
	found: list[str] = []
	if query.phone:
		found += _by_key("Phone", query.phone)
	if query.email:
		found += _by_key("E-mail", query.email)
	if query.born:
		found += _by_key("Birth", str(query.born))
	rows = _named(found)
	if query.born and query.name:
		rows.sort(key=lambda row: -_likeness(query.name, row))
	if query.name and not (query.phone or query.email or query.born):
		rows = by_name(query.name, query.year, limit)
	return [_public(row) for row in rows[:limit]]


def take_apart(text: str) -> Query:
	"""Sort what was typed into phone, mail, date of birth, year and name."""
	query = Query()
	if "@" in text:
		query.email = text.lower()[:64]
		return query
	if match := _DATE.search(text):
		year, month, day = (
			(match.group(3), match.group(2), match.group(1))
			if match.group(4) is None
			else (
				match.group(4),
				match.group(5),
				match.group(6),
			)
		)
		try:
			query.born = date(int(year), int(month), int(day))
		except ValueError:
			query.born = None
		text = _DATE.sub(" ", text)
	elif len(re.sub(r"\D", "", text)) >= 7:
		query.phone = phone_digits(text)
		return query
	if match := _YEAR.search(text):
		query.year = int(match.group(1))
		text = _YEAR.sub(" ", text)
	query.name = " ".join(text.split())
	return query


def by_name(name: str, year: int | None = None, limit: int = LIMIT) -> list[dict]:
	"""Clients whose name or other spelling is like this one; a known year of birth puts the fitting ones first."""
	exact, near = _keys(name)
	scored = _scored(name, year, exact)
	if len(scored) < limit or scored[limit - 1][0] < SURE:
		scored = _scored(name, year, exact | near)
	return [{**row, "likeness": round(likeness, 3)} for likeness, row in scored[:limit]]


def _scored(name: str, year: int | None, keys: set[str]) -> list[tuple[float, dict]]:
	"""Clients with these keys and how likely each is, the likeliest first."""
	scored = []
	for row in _named(_candidates(keys)):
		likeness = _likeness(name, row)
		if year and row["birth_year"]:
			likeness += 0.1 if row["birth_year"] == year else -0.1
		if likeness >= ENOUGH_ALIKE:
			scored.append((likeness, row))
	return sorted(scored, key=lambda pair: (-pair[0], pair[1]["client"]))


def likely_doubles(
	full_name: str,
	birth_year: int | None = None,
	phones: list[str] | None = None,
	email: str | None = None,
	besides: str | None = None,
) -> list[dict]:
	"""Clients who may be the same person: very like name with a year that does not differ, or the same phone or mail."""
	found = {
		row["client"]: row
		for row in by_name(full_name)
		if row["likeness"] >= LIKELY_DOUBLE
		and not (birth_year and row["birth_year"] and abs(row["birth_year"] - birth_year) > 1)
	}
	same_contact = [
		name for phone in phones or [] if (digits := phone_digits(phone)) for name in _by_key("Phone", digits)
	]
	if email:
		same_contact += _by_key("E-mail", email.lower()[:64])
	for row in _named(same_contact):
		found.setdefault(row["client"], row)
	found.pop(besides, None)
	return [_public(row) for row in found.values()][:LIMIT]


def staff(role: str, text: str, start: int, limit: int) -> list:
	"""Accounts that hold the role and whose address or name has the text in it."""
	user, held = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	words = f"%{text}%"
	return (
		frappe.qb.from_(user)
		.join(held)
		.on((held.parent == user.name) & (held.parenttype == "User"))
		.select(user.name, user.full_name)
		.where((held.role == role) & (user.enabled == 1) & (user.name.like(words) | user.full_name.like(words)))
		.orderby(user.full_name)
		.limit(limit)
		.offset(start)
		.run()
	)


def _likeness(name: str, row: dict) -> float:
	spellings = [row["full_name"], *(row["other_names"] or "").splitlines()]
	return max(names.similarity(name, spelling) for spelling in spellings if spelling)


def _keys(name: str) -> tuple[set[str], set[str]]:
	"""Keys of the name as it is typed, and those that it shares with names one mistake away. The second are many times the
	rows of the first."""
	parts = names.parts_of(name)
	exact = {key[:24] for part in (*parts, *names.joined(parts)) for key in part.skeletons}
	return exact, names.near_keys(exact)


def _candidates(keys: set[str]) -> list[str]:
	"""Clients with most of these keys: one query on one index, in which a part that is equal has all its keys in common and one
	with a letter changed some of them."""
	if not keys:
		return []
	table = frappe.qb.DocType("Client Search Key")
	rows = (
		frappe.qb.from_(table)
		.select(table.client)
		.where((table.kind == "Name") & table.search_key.isin(sorted(keys)))
		.groupby(table.client)
		.orderby(Count("*"), order=frappe.qb.desc)
		.orderby(table.client)
		.limit(CANDIDATES)
		.run()
	)
	return [row[0] for row in rows]


def _by_key(kind: str, key: str) -> list[str]:
	table = frappe.qb.DocType("Client Search Key")
	rows = (
		frappe.qb.from_(table)
		.select(table.client)
		.distinct()
		.where((table.kind == kind) & (table.search_key == key))
		.limit(CANDIDATES)
		.run()
	)
	return [row[0] for row in rows]


def _named(clients) -> list[dict]:
	wanted = list(dict.fromkeys(clients))
	if not wanted:
		return []
	table = frappe.qb.DocType("Client")
	rows = (
		frappe.qb.from_(table)
		.select(table.name.as_("client"), table.full_name, table.birth_year, table.other_names)
		.where(table.name.isin(wanted) & (table.status != "Merged"))
		.run(as_dict=True)
	)
	order = {name: place for place, name in enumerate(wanted)}
	return sorted(rows, key=lambda row: order[row["client"]])


def _public(row: dict) -> dict:
	return {"client": row["client"], "full_name": row["full_name"], "birth_year": cint(row["birth_year"]) or None}
