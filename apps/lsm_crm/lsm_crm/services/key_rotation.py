"""Rotation of the key: every protected field and private file is written again with a new key. `./lsm bench lsm-rotate-key`."""

import frappe

from lsm_crm.services import encryption, keys

BATCH = 500


def rotate() -> dict:
	"""Make a new key, write every protected value with it in batches, then forget the older keys. Safe to repeat after a kill:
	values of either key can be read until the end. Gives how many fields and files were written."""
	keys.add_key()
	counts = {"fields": 0, "files": 0}
	for doctype in encryption.encrypted_doctypes():
		counts["fields"] += rewrite_doctype(doctype)
	counts["files"] = rewrite_files()
	keys.drop_keys_but_current()
	return counts


def rewrite_doctype(doctype: str) -> int:
	"""Write the protected fields of every row of a DocType with the current key, without touching `modified`."""
	fields = encryption.encrypted_fields(doctype)
	key_id, _key = keys.current()
	current_prefix = f"{encryption.PREFIX}{key_id}:"
	written, last = 0, ""
	while rows := _rows_after(doctype, fields, last):
		for row in rows:
			old = {f: row[f] for f in fields if row[f] and not row[f].startswith(current_prefix)}
			if not old:
				continue
			new = {
				field: encryption.encrypt(encryption.decrypt(text, doctype, row.name, field), doctype, row.name, field)
				for field, text in old.items()
			}
			frappe.db.set_value(doctype, row.name, new, update_modified=False)
			written += len(new)
		last = rows[-1].name
		frappe.db.commit()
	return written


def rewrite_files() -> int:
	"""Write every private file with the current key; each is replaced whole, so a kill leaves no half file."""
	from lsm_crm.overrides import files

	written = 0
	for path in files.private_files():
		content = path.read_bytes()
		files.replace(path, encryption.encrypt_file(encryption.decrypt_file(content)))
		written += 1
	return written


def _rows_after(doctype: str, fields: tuple[str, ...], last: str) -> list:
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name, *(table[field] for field in fields))
	return query.where(table.name > last).orderby(table.name).limit(BATCH).run(as_dict=True)
