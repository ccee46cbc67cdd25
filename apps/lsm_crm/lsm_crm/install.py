"""Installing the app: what must hold before, and what is seeded after."""

import json

import frappe
from frappe import _
from frappe.utils.password import get_encryption_key

from lsm_crm.constants import PORTAL_ROLES
from lsm_crm.exceptions import NameTakenError
from lsm_crm.services import keys, number_series, translations
from lsm_crm.services.permission_rows import doctype_files
from lsm_crm.setup import seed_all, workspaces


def before_install() -> None:
	"""Refuse to install where another app already owns one of our DocTypes' names."""
	refuse_taken_names()


def after_install() -> None:
	"""Seed what staff may edit later; fixtures are not there yet."""
	keys.ensure()
	make_encryption_key()
	translations.build()
	seed_all()
	number_series.make_ready()


def after_sync() -> None:
	"""Mend what the framework did while it made DocTypes; fixtures are there now."""
	close_desk_for_portal_roles()
	frappe.clear_cache()


def after_migrate() -> None:
	"""The same after every migrate, as fixtures and the framework's workspaces are written anew each time."""
	make_encryption_key()
	translations.build()
	close_desk_for_portal_roles()
	workspaces.seed()
	number_series.make_ready()


def make_encryption_key() -> None:
	"""The framework's key for passwords, with which forms half filled in are sealed. It would be made by the first request that needs
	it: two at the same moment would each make one, and what was sealed with the one that was overwritten is lost."""
	get_encryption_key()


def refuse_taken_names() -> None:
	"""Throw NameTakenError that says which name is taken and by which app."""
	names = [json.loads(path.read_text(encoding="utf-8"))["name"] for path in doctype_files()]
	taken = frappe.get_all("DocType", filters={"name": ("in", names)}, fields=["name", "module", "custom"])
	ours = set(frappe.get_module_list("lsm_crm"))
	lines = [f"{row.name}: {_owner_of(row)}" for row in taken if row.module not in ours]
	if lines:
		frappe.throw(
			_("LSM CRM cannot be installed here, because these names are taken: {0}").format("; ".join(lines)),
			title=_("Names are taken"),
			exc=NameTakenError,
		)


def _owner_of(row: dict) -> str:
	if row["custom"]:
		return _("made on this site")
	return frappe.db.get_value("Module Def", row["module"], "app_name") or row["module"]


def close_desk_for_portal_roles() -> None:
	"""The framework makes a missing role with access to the desk; portal roles have none."""
	for role in PORTAL_ROLES:
		if frappe.db.get_value("Role", role, "desk_access"):
			doc = frappe.get_doc("Role", role)
			doc.desk_access = 0
			doc.save(ignore_permissions=True)
