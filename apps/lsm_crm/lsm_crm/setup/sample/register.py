"""Which records the sample data made, so that it can be taken away again and nothing else."""

from collections import defaultdict
from contextlib import contextmanager

import frappe

HANDLER = "lsm_crm.setup.sample.register.note"
# Written so often and of so little use beside the record itself that they go with it, see `clearing`.
NOT_KEPT = ("Sample Record", "Comment", "Version", "Activity Log", "Notification Log", "Error Log", "Route History")


@contextmanager
def recording():
	"""Note every document that is inserted in the block, also those that controllers and services make."""
	events = frappe.get_doc_hooks()
	handlers = events.setdefault("*", {}).setdefault("after_insert", [])
	handlers.append(HANDLER)
	frappe.local.lsm_sample_made = made = []
	try:
		yield
		_store(made)
	finally:
		handlers.remove(HANDLER)
		del frappe.local.lsm_sample_made


def note(doc, method: str | None = None) -> None:
	"""Handler of `after_insert` while `recording`."""
	if doc.doctype not in NOT_KEPT:
		frappe.local.lsm_sample_made.append((doc.doctype, str(doc.name)))


def _store(made: list[tuple[str, str]]) -> None:
	now = frappe.utils.now()
	rows = [
		(frappe.generate_hash(length=10), now, now, "Administrator", "Administrator", doctype, name)
		for doctype, name in dict.fromkeys(made)
	]
	fields = ["name", "creation", "modified", "owner", "modified_by", "record_type", "record_name"]
	frappe.db.bulk_insert("Sample Record", fields, rows)


def is_loaded() -> bool:
	"""Whether there is sample data on this site."""
	return bool(frappe.db.exists("Sample Record", {}))


def made() -> dict[str, set[str]]:
	"""Return {doctype: names} of everything the sample data made, in the order in which it was made."""
	names = defaultdict(set)
	for row in frappe.get_all("Sample Record", fields=["record_type", "record_name"], order_by="creation", limit=0):
		names[row.record_type].add(row.record_name)
	return dict(names)
