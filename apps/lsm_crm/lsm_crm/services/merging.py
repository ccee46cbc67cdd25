"""Merging two records of one person: every link moves, and what was moved can be read back.

The merged record stays as an empty shell under its number that points to the kept one, so that a number on paper still
leads somewhere.
"""

import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from lsm_crm.constants import MODULES
from lsm_crm.services import search_keys

# Fields of the kept record that are filled from the merged one where they are empty.
FILL = (
	"infix",
	"last_name",
	"form_of_address",
	"date_of_birth",
	"birth_year",
	"phone",
	"second_phone",
	"email",
	"preferred_channel",
	"street",
	"house_number",
	"postcode",
	"city",
	"area",
	"household",
	"guardian",
	"guardian_name",
	"guardian_phone",
	"contact_notes",
)
REFERENCES = (
	("Comment", "reference_doctype", "reference_name"),
	("Communication", "reference_doctype", "reference_name"),
	("File", "attached_to_doctype", "attached_to_name"),
	("ToDo", "reference_type", "reference_name"),
	("Version", "ref_doctype", "docname"),
)
CAUTIOUS_YES = ("interpreter_needed", "no_letters_home")  # one yes is enough
CAUTIOUS_NO = ("safe_to_call", "safe_to_text", "safe_to_mail")  # one no is enough


def merge(keep: str, merged: str, reason: str) -> str:
	"""Merge the second client into the first; return the log entry's name. The caller has checked the rights."""
	if keep == merged:
		frappe.throw(_("Choose two different clients."), title=_("Merging"))
	if not reason.strip():
		frappe.throw(_("Say why these are one person."), title=_("Merging"))
	kept, gone = (frappe.get_doc("Client", name, for_update=True) for name in sorted((keep, merged)))
	if kept.name != keep:
		kept, gone = gone, kept
	for client in (kept, gone):
		if client.status == "Merged":
			frappe.throw(_("{0} was merged into {1}. Use that number.").format(client.name, client.merged_into))
	before = gone.as_dict(no_nulls=True)
	moved = move_links(gone.name, kept.name)
	moved += merge_confidential(gone.name, kept.name)
	take_over(kept, gone)
	empty(gone, kept.name)
	return _log(kept, gone, moved, before, reason)


def link_fields() -> list[tuple[str, str]]:
	"""(doctype, fieldname) of every stored link to Client, of any app, but for those that say what happened."""
	from frappe.model.rename_doc import get_link_fields

	own = {
		("Client Merge", "kept"),
		("Client Merge", "merged"),
		("Client", "merged_into"),
		("Client Confidential", "client"),
	}
	found = []
	for row in get_link_fields("Client"):
		pair = (row.parent, row.fieldname)
		if not row.issingle and pair not in own and frappe.db.table_exists(row.parent):
			found.append(pair)
	return sorted(set(found))


def move_links(old: str, new: str) -> list[dict]:
	"""Point every link from the old number to the new; return [{"doctype", "field", "names"}]."""
	moved = []
	for doctype, fieldname in link_fields():
		table = frappe.qb.DocType(doctype)
		names = frappe.qb.from_(table).select(table.name).where(table[fieldname] == old).run(pluck=True)
		if not names or doctype == "Client Search Key":
			continue
		frappe.qb.update(table).set(table[fieldname], new).where(table.name.isin(names)).run()
		moved.append({"doctype": doctype, "field": fieldname, "names": names})
		for name in names:
			frappe.clear_document_cache(doctype, name)
	return moved + move_references(old, new)


def move_references(old: str, new: str) -> list[dict]:
	"""Comments, versions, files and to-dos name their document by DocType and name."""
	moved = []
	for doctype, type_field, name_field in (*REFERENCES, *_own_dynamic_links()):
		table = frappe.qb.DocType(doctype)
		condition = (table[type_field] == "Client") & (table[name_field] == old)
		names = frappe.qb.from_(table).select(table.name).where(condition).run(pluck=True)
		if names:
			frappe.qb.update(table).set(table[name_field], new).where(table.name.isin(names)).run()
			moved.append({"doctype": doctype, "field": name_field, "names": names})
	return moved


def _own_dynamic_links() -> list[tuple[str, str, str]]:
	"""(doctype, field of the type, field of the name) in this app: legal holds, emergency access, data requests and the like."""
	doctypes = frappe.get_all(
		"DocType", filters={"module": ("in", MODULES), "issingle": 0, "is_virtual": 0}, pluck="name"
	)
	rows = frappe.get_all(
		"DocField",
		filters={"fieldtype": "Dynamic Link", "parent": ("in", doctypes)},
		fields=["parent", "fieldname", "options"],
	)
	return [(row.parent, row.options, row.fieldname) for row in rows]


def merge_confidential(old: str, new: str) -> list[dict]:
	"""One confidential record per client: texts are put one below the other, single values stay where they differ."""
	if not frappe.db.exists("Client Confidential", old):
		return []
	source = frappe.get_doc("Client Confidential", old)
	values = {name: source.get(name) for name in source.ENCRYPTED_FIELDS if source.get(name)}
	if frappe.db.exists("Client Confidential", new):
		target = frappe.get_doc("Client Confidential", new)
	else:
		target = frappe.get_doc({"doctype": "Client Confidential", "client": new})
	for name, value in values.items():
		mine = target.get(name)
		if not mine:
			target.set(name, value)
		elif mine != value and target.meta.get_field(name).fieldtype == "Long Text":
			target.set(name, f"{mine}\n\n{value}")
	target.save(ignore_permissions=True)
	frappe.delete_doc("Client Confidential", old, ignore_permissions=True, force=True, delete_permanently=True)
	return [{"doctype": "Client Confidential", "field": "client", "names": [old], "values": values}]


def take_over(kept: Document, gone: Document) -> None:
	"""Fill what is empty, keep the careful answer where they differ, and keep the other spelling to be found by."""
	for name in FILL:
		if not kept.get(name):
			kept.set(name, gone.get(name))
	for name in CAUTIOUS_YES:
		kept.set(name, kept.get(name) or gone.get(name))
	for name in CAUTIOUS_NO:
		kept.set(name, kept.get(name) and gone.get(name))
	spellings = [*(kept.other_names or "").splitlines(), gone.full_name, *(gone.other_names or "").splitlines()]
	kept.other_names = "\n".join(dict.fromkeys(name for name in spellings if name and name != kept.full_name))
	known = {row.language for row in kept.languages}
	for row in gone.languages:
		if row.language not in known:
			kept.append("languages", {"language": row.language, "speaks": row.speaks, "reads": row.reads})
	kept.save(ignore_permissions=True)


def empty(gone: Document, kept: str) -> None:
	"""Leave of the merged record its number and where it went."""
	values: dict[str, object] = {
		field.fieldname: 0 if field.fieldtype in ("Check", "Int") else None
		for field in gone.meta.fields
		if field.fieldtype not in ("Section Break", "Column Break", "Tab Break", "Table")
	}
	values.update(status="Merged", merged_into=kept, full_name=gone.name, first_name=gone.name, preferred_language="nl")
	frappe.db.set_value("Client", gone.name, values)
	frappe.db.delete("Client Language", {"parent": gone.name, "parenttype": "Client"})
	search_keys.remove(gone.name)
	frappe.clear_document_cache("Client", gone.name)


def _log(kept: Document, gone: Document, moved: list[dict], before: dict, reason: str) -> str:
	return (
		frappe.get_doc(
			{
				"doctype": "Client Merge",
				"kept": kept.name,
				"merged": gone.name,
				"merged_by": frappe.session.user,
				"merged_on": now_datetime(),
				"reason": reason.strip()[:140],
				"moved_count": sum(len(row["names"]) for row in moved),
				"moved": json.dumps(moved, default=str, ensure_ascii=False),
				"record_before": json.dumps(before, default=str, ensure_ascii=False),
			}
		)
		.insert(ignore_permissions=True)
		.name
	)
