"""The framework's own workspaces stay with the system manager; the foundation's roles see only their own."""

import frappe

from lsm_crm.constants import MODULES

MANAGER = "System Manager"


def seed() -> None:
	"""Give every public workspace that is not ours and open to all to the system manager. Done again after each migrate, since
	the framework brings its own workspaces anew."""
	for name in frameworks_own():
		workspace = frappe.get_doc("Workspace", name)
		if not workspace.roles:
			workspace.append("roles", {"role": MANAGER})
			workspace.flags.ignore_links = True
			workspace.save(ignore_permissions=True)


def restore() -> None:
	"""Open the framework's workspaces to all again, when the app is taken off."""
	for name in frameworks_own():
		frappe.db.delete("Has Role", {"parenttype": "Workspace", "parent": name, "role": MANAGER})


def frameworks_own() -> list[str]:
	"""Public workspaces of the framework itself."""
	modules = frappe.get_all("Module Def", filters={"app_name": "frappe"}, pluck="name")
	return frappe.get_all(
		"Workspace", filters={"public": 1, "module": ("in", set(modules) - set(MODULES))}, pluck="name"
	)
