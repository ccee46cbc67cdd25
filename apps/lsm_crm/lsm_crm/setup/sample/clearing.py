"""Taking the sample data away: the noted records, what hangs on them, and nothing else.

A sample record that an entered record points to stays, so that the entered one keeps working; a sample user of that
kind stays without a password, a role or the right to log in.
"""

from collections.abc import Iterable, Iterator

import frappe

from lsm_crm.services import partner_figures, search_keys
from lsm_crm.setup.sample import register

# Rows of the framework about a document: (DocType, field with its kind, field with its name).
ABOUT = (
	("Comment", "reference_doctype", "reference_name"),
	("Version", "ref_doctype", "docname"),
	("Communication", "reference_doctype", "reference_name"),
	("Activity Log", "reference_doctype", "reference_name"),
	("View Log", "reference_doctype", "reference_name"),
	("Workflow Action", "reference_doctype", "reference_name"),
	("Notification Log", "document_type", "document_name"),
	("ToDo", "reference_type", "reference_name"),
	("DocShare", "share_doctype", "share_name"),
	("Document Follow", "ref_doctype", "ref_docname"),
	("Tag Link", "document_type", "document_name"),
	("Deleted Document", "deleted_doctype", "deleted_name"),
)
# Rows of the framework that belong to an account: (DocType, field).
OF_USER = (
	("Notification Settings", "name"),
	("Dashboard Settings", "name"),
	("Notification Log", "for_user"),
	("Activity Log", "user"),
	("Access Log", "user"),
	("Route History", "user"),
	("ToDo", "allocated_to"),
	("DocShare", "user"),
	("DefaultValue", "parent"),
	("__UserSettings", "user"),
)
BATCH = 500


def clear() -> None:
	"""Delete what the sample data made and what hangs on it; forget the register."""
	made = register.made()
	keep = pointed_to(made)
	partners = set(frappe.get_all("Referral", {"name": ("in", list(made.get("Referral", [""])))}, pluck="partner"))
	for doctype in reversed(made):
		names = made[doctype] - keep.get(doctype, set())
		if doctype == "User":
			continue
		if doctype == "File":
			for name in names:
				frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)
		elif frappe.db.table_exists(doctype):
			_delete(doctype, names)
	for user in made.get("User", ()):
		_close(user) if user in keep.get("User", ()) else _remove_user(user)
	frappe.db.delete("Sample Record")
	for partner in partners - {None}:
		partner_figures.update(partner)


def _delete(doctype: str, names: set[str]) -> None:
	"""Delete rows with their child rows and all that the framework keeps about them."""
	meta = frappe.get_meta(doctype)
	if doctype == "Client":
		for name in names:
			search_keys.remove(name)
	for batch in _batches(names):
		for table in meta.get_table_fields():
			frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", batch)})
		frappe.db.delete(doctype, {"name": ("in", batch)})
		_delete_about(doctype, batch)
	for name in names:
		frappe.clear_document_cache(doctype, name)


def _delete_about(doctype: str, names: list[str]) -> None:
	for log, kind, name in ABOUT:
		frappe.db.delete(log, {kind: doctype, name: ("in", names)})
	frappe.db.delete("__global_search", {"doctype": doctype, "name": ("in", names)})
	for file in frappe.get_all(
		"File", {"attached_to_doctype": doctype, "attached_to_name": ("in", names)}, pluck="name"
	):
		frappe.delete_doc("File", file, force=True, ignore_permissions=True, delete_permanently=True)


def _remove_user(name: str) -> None:
	"""As the framework deletes an account, but without asking for another system manager: it is none."""
	_lock_out(name)
	for contact in frappe.get_all("Contact", {"user": name}, pluck="name"):
		_delete("Contact", {contact})
	for doctype, field in OF_USER:
		frappe.db.delete(doctype, {field: name})
	_delete("User", {name})


def _close(name: str) -> None:
	"""The account stays as a name in what was entered."""
	_lock_out(name)
	frappe.db.delete("Has Role", {"parent": name, "parenttype": "User"})
	frappe.db.set_value("User", name, "enabled", 0)
	frappe.clear_cache(user=name)


def _lock_out(name: str) -> None:
	# not by the framework's own function, which commits half of the work
	for (sid,) in frappe.db.sql("select sid from `tabSessions` where user = %s", [name]):
		frappe.cache.hdel("session", sid)
	frappe.db.delete("Sessions", {"user": name})
	frappe.db.delete("__Auth", {"doctype": "User", "name": name})


def pointed_to(made: dict[str, set[str]]) -> dict[str, set[str]]:
	"""Sample records that an entered record points to, and those that these point to in turn."""
	links = list(_links(made))
	keep: dict[str, set[str]] = {doctype: set() for doctype in made}
	grows = True
	while grows:
		grows = False
		for doctype, parent_type, field, target in links:
			entered = made.get(parent_type or doctype, set()) - keep.get(parent_type or doctype, set())
			found = _targets(doctype, parent_type, field, made[target], entered) - keep[target]
			if found:
				keep[target] |= found
				grows = True
	return keep


def _links(made: dict[str, set[str]]) -> Iterator[tuple[str, str | None, str, str]]:
	"""Yield (table, DocType of the parent of a child table, field, DocType pointed to) in the app's own DocTypes."""
	own = frappe.get_all("DocType", {"module": ("in", frappe.get_module_list("lsm_crm")), "issingle": 0}, pluck="name")
	for doctype in own:
		if doctype == "Sample Record" or not frappe.db.table_exists(doctype):
			continue
		meta = frappe.get_meta(doctype)
		parents = [None]
		if meta.istable:
			parents = frappe.get_all(
				"DocField", {"options": doctype, "fieldtype": ("in", frappe.model.table_fields)}, pluck="parent"
			)
		for field in meta.get_link_fields():
			if field.options in made:
				for parent in parents:
					yield doctype, parent, field.fieldname, field.options


def _targets(doctype: str, parent_type: str | None, field: str, targets: set[str], leave_out: set[str]) -> set[str]:
	"""Which of the targets rows point to that are not among those left out."""
	table = frappe.qb.DocType(doctype)
	own_name = table.parent if parent_type else table.name
	found = set()
	for batch in _batches(targets):
		query = frappe.qb.from_(table).select(own_name, table[field]).where(table[field].isin(batch))
		if parent_type:
			query = query.where(table.parenttype == parent_type)
		found.update(target for name, target in query.run() if str(name) not in leave_out)
	return found


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
	ordered = sorted(names)
	for start in range(0, len(ordered), BATCH):
		yield ordered[start : start + BATCH]
