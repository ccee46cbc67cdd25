"""Keys by which a client is found: rows of an indexed table, written whenever the client's data change."""

import frappe
from frappe.model.document import Document

from lsm_crm.services import names
from lsm_crm.services.contact_data import phone_digits

SOURCE_FIELDS = (
	"full_name",
	"other_names",
	"phone",
	"second_phone",
	"guardian_phone",
	"email",
	"date_of_birth",
	"status",
)


def write(client: Document) -> None:
	"""Replace the client's keys: one delete, one insert."""
	remove(client.name)
	if client.status != "Merged":
		insert({client.name: keys_of(client)})


def insert(keys: dict[str, set[tuple[str, str]]]) -> None:
	"""Insert the keys of many clients: {client: {(kind, key)}}."""
	rows = [
		(frappe.generate_hash(length=16), client, kind, key)
		for client, found in keys.items()
		for kind, key in sorted(found)
	]
	if rows:
		frappe.db.bulk_insert(
			"Client Search Key", fields=["name", "client", "kind", "search_key"], values=rows, chunk_size=5_000
		)


def remove(client: str) -> None:
	"""Forget the client's keys."""
	frappe.db.delete("Client Search Key", {"client": client})


def keys_of(client: Document) -> set[tuple[str, str]]:
	"""Pairs of kind and key."""
	keys = set()
	for fieldname in ("phone", "second_phone", "guardian_phone"):
		if digits := phone_digits(client.get(fieldname)):
			keys.add(("Phone", digits))
	if client.email:
		keys.add(("E-mail", client.email.lower()[:64]))
	if client.date_of_birth:
		keys.add(("Birth", str(client.date_of_birth)[:10]))
	for name in (client.full_name, *(client.other_names or "").splitlines()):
		keys.update(("Name", key) for key in name_keys(name))
	return keys


def name_keys(name: str | None) -> set[str]:
	"""Keys of one name: its skeletons, and those with a letter left out."""
	exact = names.exact_keys(name or "")
	return exact | names.near_keys(exact)
