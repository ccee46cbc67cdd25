"""Nobody works on a case of a relative, of the opposing party's people, or as the interpreter of one of them.

Two strengths of evidence: a link, a phone number, a mail address or an account in common settles it; an equal name
alone may be chance, so the coordinator can write down why it is all right.
"""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document

from lsm_crm.constants import COORDINATOR
from lsm_crm.exceptions import ConflictOfInterestError
from lsm_crm.services.contact_data import phone_digits
from lsm_crm.services.links import changed


def check_case(case: Document) -> None:
	"""Refuse a worker or deputy who is close to someone in the case; only looks when people or parties changed."""
	people_changed = [name for name in ("worker", "deputy") if case.get(name) and changed(case, name)]
	if _parties(case) != _parties(case.get_doc_before_save()):
		people_changed = [name for name in ("worker", "deputy") if case.get(name)]
	if changed(case, "conflict_override") and not _may_override(case):
		frappe.throw(
			_("Only the coordinator writes down why a worker may do it all the same."), exc=frappe.PermissionError
		)
	for fieldname in people_changed:
		found = find(case.get(fieldname), case.client, list(case.parties))
		_refuse(case.get(fieldname), found, bool(case.conflict_override))


def check_person(user: str, client: str, case: str | None = None) -> None:
	"""The same for an interpreter at an appointment."""
	parties = []
	if case:
		parties = frappe.get_all(
			"Case Party",
			filters={"parent": case, "parenttype": "Case"},
			fields=["party_name", "relation", "client", "volunteer", "phone"],
		)  # the case was checked by the caller
	_refuse(user, find(user, client, parties), override=False)


def find(user: str, client: str, parties: list) -> list[dict]:
	"""Return what speaks against the user: [{"who", "why", "certain"}]."""
	return find_all([user], client, parties)[user]


def find_all(users: list[str], client: str, parties: list) -> dict[str, list[dict]]:
	"""The same for many users, with as many queries as for one."""
	relatives = _household(client)
	clients = [row.client for row in parties if row.client and row.relation != "Relative"]
	interpreters = _interpreters(clients)
	found: dict[str, list[dict]] = {}
	for person in _people(users):
		found[person.user] = [
			*_against_parties(person, parties),
			*_against_relatives(person, relatives),
		]
		if person.user in interpreters:
			found[person.user].append(
				{"who": ", ".join(clients), "why": _("interpreted for this party"), "certain": True}
			)
	return found


def _against_parties(person: frappe._dict, parties: list) -> Iterator[dict]:
	for row in parties:
		if row.relation in ("Authority", "Guardian") and not row.volunteer:
			continue
		if why := _match(person, row):
			who = row.party_name or row.client or row.volunteer
			yield {"who": who, "why": _(row.relation), "certain": why != "name"}


def _against_relatives(person: frappe._dict, relatives: list) -> Iterator[dict]:
	for row in relatives:
		if why := _match(person, row):
			yield {"who": row.name, "why": row.reason, "certain": why != "name"}


def _interpreters(clients: list[str]) -> set[str]:
	"""Who interpreted for one of these clients."""
	if not clients:
		return set()
	table = frappe.qb.DocType("Client Appointment")
	query = frappe.qb.from_(table).select(table.interpreter).distinct()
	query = query.where(table.client.isin(clients) & (table.status != "Cancelled") & table.interpreter.isnotnull())
	return set(query.run(pluck=True))


def _people(users: list[str]) -> list[frappe._dict]:
	"""What is known of each user, as staff and as volunteer: two queries."""
	accounts = frappe.get_all(
		"User", filters={"name": ("in", users)}, fields=["name", "full_name", "email", "phone", "mobile_no"]
	)
	volunteers = frappe.get_all(
		"Volunteer",
		filters={"user": ("in", users)},
		fields=[
			*("name", "user", "full_name", "email", "phone"),
			*("emergency_contact_name", "emergency_contact_phone"),
		],
	)
	people = {row.name: frappe._dict(user=row.name, names=set(), phones=set(), emails=set()) for row in accounts}
	for row in accounts:
		_add(people[row.name], row.full_name, row.email, row.phone, row.mobile_no)
	for row in volunteers:
		person = people[row.user]
		person.volunteer = row.name
		_add(person, row.full_name, row.email, row.phone, row.emergency_contact_phone)
		_add(person, row.emergency_contact_name, None)
	return list(people.values())


def _add(person: frappe._dict, name: str | None, email: str | None, *phones: str | None) -> None:
	if name:
		person.names.add(_plain(name))
	if email:
		person.emails.add(email.lower())
	person.phones.update(filter(None, (phone_digits(phone) for phone in phones)))


def _household(client: str) -> list[frappe._dict]:
	table = frappe.qb.DocType("Client")
	household = frappe.db.get_value("Client", client, "household")
	condition = table.name == client
	if household:
		condition = condition | (table.household == household)
	fields = (
		table.name,
		table.full_name,
		table.phone,
		table.second_phone,
		table.email,
		table.guardian_name,
		table.guardian_phone,
	)
	rows = frappe.qb.from_(table).select(*fields).where(condition).run(as_dict=True)
	for row in rows:
		row.reason = _("the client") if row.name == client else _("lives in the client's household")
	return rows


def _match(person: frappe._dict, row) -> str | None:
	if row.get("volunteer") and row.get("volunteer") == person.volunteer:
		return "volunteer"
	phones = {phone_digits(row.get(name)) for name in ("phone", "second_phone", "guardian_phone")}
	if person.phones.intersection(filter(None, phones)):
		return "phone"
	if (row.get("email") or "").lower() in person.emails:
		return "email"
	names = {_plain(row.get(name) or "") for name in ("party_name", "full_name", "guardian_name")} - {""}
	return "name" if person.names.intersection(names) else None


def _plain(name: str) -> str:
	return " ".join(sorted(name.casefold().split()))


def _parties(case: Document | None) -> list[tuple]:
	if not case:
		return []
	return [(row.party_name, row.relation, row.client, row.volunteer, row.phone) for row in case.parties]


def _may_override(case: Document) -> bool:
	user = frappe.session.user
	return case.flags.ignore_permissions or user == "Administrator" or COORDINATOR in frappe.get_roles(user)


def _refuse(user: str, found: list[dict], override: bool) -> None:
	held_against = [row for row in found if row["certain"] or not override]
	if not held_against:
		return
	reasons = "; ".join(f"{row['who']}: {row['why']}" for row in held_against)
	sentence = _("{0} cannot work on this, being close to someone in it ({1}).").format(user, reasons)
	if not any(row["certain"] for row in held_against):
		sentence += " " + _("Only the name is the same: the coordinator can write down why it is all right.")
	frappe.throw(sentence, title=_("Conflict of interest"), exc=ConflictOfInterestError)
