"""What the desk is told at its start."""

import frappe

from lsm_crm.services import staff_names


def own_workspaces(bootinfo) -> None:
	"""The first link above each page leads to a workspace of the reader's own, never to one that refuses them."""
	allowed = {page["name"] for page in bootinfo.get("allowed_workspaces") or ()}
	found = bootinfo.get("module_wise_workspaces") or {}
	own = {module: [name for name in names if name in allowed] for module, names in found.items()}
	bootinfo.module_wise_workspaces = {module: names for module, names in own.items() if names}


def staff(bootinfo) -> None:
	"""Names of colleagues, for lists and reports that name their accounts; which records have a board."""
	bootinfo.staff_names = staff_names.of_all()
	bootinfo.board_doctypes = frappe.get_all("Kanban Board", pluck="reference_doctype", distinct=True)
