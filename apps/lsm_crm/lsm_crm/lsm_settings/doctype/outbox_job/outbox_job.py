import frappe

from lsm_crm.services.encryption import EncryptedDocument


class OutboxJob(EncryptedDocument):
	"""Background work that was promised and is not done yet; see services/outbox.py. What it is about is kept encrypted."""

	ENCRYPTED_FIELDS = ("arguments",)


def on_doctype_update() -> None:
	frappe.db.add_index("Outbox Job", ["state", "handed_at"])
