"""Keys by which a client is found: one row each, indexed, written whenever the client's data change."""

import frappe
from frappe.model.document import Document

from lsm_crm.services.contact_data import phone_digits

SOURCE_FIELDS = (
	"full_name",
	"other_names",
	"phone",
	"second_phone",
	"email",
	"date_of_birth",
	"birth_year",
	"status",
)


def write(client: Document) -> None:
	"""Replace the client's keys: one delete, one insert."""
	remove(client.name)
	rows = [
		(frappe.generate_hash(length=12), client.name, kind, key)
		for kind, key in sorted(keys_of(client))
	]
	if rows and client.status != "Merged":
		frappe.db.bulk_insert("Client Search Key", fields=["name", "client", "kind", "search_key"], values=rows)


def remove(client: str) -> None:
	"""Forget the client's keys."""
	frappe.db.delete("Client Search Key", {"client": client})


def keys_of(client: Document) -> set[tuple[str, str]]:
	"""Pairs of kind and key."""
	keys = {("Phone", digits) for digits in (phone_digits(client.phone), phone_digits(client.second_phone)) if digits}
	if client.email:
		keys.add(("E-mail", client.email.lower()[:64]))
	if client.date_of_birth:
		keys.add(("Birth", str(client.date_of_birth)))
	return keys
