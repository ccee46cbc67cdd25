"""One foreign record of every DocType, every text in it a canary, and one account per role. `python prepare.py SITE` prints facts."""

import json
import sys

import frappe

PASSWORD = "Cel-voor-cel-5590"
CANARY = "KANARIE"
TEXTS = ("Data", "Small Text", "Long Text", "Text", "Text Editor", "Code", "Markdown Editor", "HTML Editor")
FREE_DATA = (None, "")
SKIPPED_FIELDS = ("name", "amended_from", "naming_series", "user")


def accounts() -> dict[str, str]:
	from frappe.utils.password import update_password

	from lsm_crm.constants import ROLES
	from lsm_crm.tests.factories import make_user

	users = {}
	for role in ROLES:
		user = make_user(role, email=f"cell-{frappe.scrub(role).replace('_', '-')}@example.org")
		update_password(user.name, PASSWORD)
		users[role] = user.name
	return users


def canary_of(doctype: str) -> str:
	return f"{CANARY} {doctype}"


def name_of(doctype: str) -> str:
	return f"KAN-{frappe.scrub(doctype)}"


def plant(doctype: str, owner: str) -> str | None:
	"""A raw row, so that no controller has a say: the cells ask who may read, not how it is made."""
	meta = frappe.get_meta(doctype)
	if meta.issingle or meta.is_virtual:
		return None
	name = name_of(doctype)
	frappe.db.delete(doctype, {"name": name})
	doc = frappe.new_doc(doctype)
	for field in meta.fields:
		if field.fieldname in SKIPPED_FIELDS or field.is_virtual:
			continue
		if field.fieldtype in TEXTS and field.options in FREE_DATA:
			doc.set(field.fieldname, canary_of(doctype)[: field.length or 140])
		elif field.fieldtype == "Link" and field.options == "User":
			doc.set(field.fieldname, owner)
		elif field.fieldtype == "Link" and field.options in planted():
			doc.set(field.fieldname, name_of(field.options))
		elif field.fieldtype == "Select" and field.options:
			doc.set(field.fieldname, field.options.split("\n")[-1])  # the last state, the strictest kind
		elif field.fieldname == "enabled":
			doc.set(field.fieldname, 1)  # a link search gives nothing that is not enabled
	doc.name = name
	doc.owner = doc.modified_by = owner
	doc.creation = doc.modified = frappe.utils.now()
	doc.set("docstatus", 0)
	for field in meta.get_table_fields():
		doc.set(field.fieldname, [])
	doc.db_insert()
	return name


def hide(doctype: str, name: str, users: dict[str, str]) -> None:
	"""Put the record into the state in which the fewest roles see it, so that every rule has something to keep back."""
	from lsm_crm import permissions

	field = frappe.get_meta(doctype).get_field("workflow_state")
	if not field or field.fieldtype != "Select":
		return

	def seen_in(state: str) -> int:
		frappe.db.set_value(doctype, name, "workflow_state", state, update_modified=False)
		permissions.forget_rows()
		return sum(permissions.may_see_row(doctype, name, user, "read") for user in users.values())

	seen_in(min(field.options.split("\n"), key=seen_in))


def planted() -> list[str]:
	from lsm_crm import permission_table

	return [doctype for doctype in permission_table.load() if frappe.db.table_exists(doctype)]


def verdicts(records: dict[str, str], users: dict[str, str]) -> dict[str, dict[str, bool]]:
	"""{DocType: {role: whether the row rule lets that role read the foreign record}}, asked of the database."""
	from lsm_crm import permissions

	return {
		doctype: {role: permissions.may_see_row(doctype, name, user, "read") for role, user in users.items()}
		for doctype, name in records.items()
	}


def main(site: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.flags.in_test = True
	users = accounts()
	records = {doctype: plant(doctype, "Administrator") for doctype in planted()}
	records = {doctype: name for doctype, name in records.items() if name}
	for doctype, name in records.items():
		hide(doctype, name, users)
	files = {}
	for doctype, name in records.items():
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{name}.txt",
				"is_private": 1,
				"content": canary_of(doctype),
				"attached_to_doctype": doctype,
				"attached_to_name": name,
			}
		)
		file.flags.ignore_permissions = True
		try:
			file.insert(ignore_permissions=True)
			files[doctype] = file.file_url
		except frappe.ValidationError:
			continue  # this kind of record takes no files
	frappe.db.commit()
	titles = {doctype: frappe.get_meta(doctype).get_title_field() for doctype in records}
	links = {
		doctype: next(
			(
				(f.fieldname, f.options)
				for f in frappe.get_meta(doctype).fields
				if f.fieldtype == "Link" and f.options in records
			),
			None,
		)
		for doctype in records
	}
	print(
		json.dumps(
			{
				"users": users,
				"password": PASSWORD,
				"records": records,
				"files": files,
				"rows": verdicts(records, users),
				"titles": titles,
				"links": links,
			}
		)
	)


if __name__ == "__main__":
	main(sys.argv[1])
