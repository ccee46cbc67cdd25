"""Uninstalling the app leaves nothing behind; the framework removes modules and DocTypes itself."""

import json

import frappe

from lsm_crm.constants import INTEGRATION, MODULES, ROLES
from lsm_crm.permission_table import load
from lsm_crm.services import terms
from lsm_crm.setup import brand, workspaces

FIXTURES = ("workflow", "workflow_action_master", "workflow_state")


def before_uninstall() -> None:
	"""Remove what hangs on our DocTypes and would stay: while their names are still known."""
	doctypes = frappe.get_all("DocType", filters={"module": ("in", MODULES)}, pluck="name")
	remove_properties(doctypes)
	remove_traces(doctypes)
	terms.forget_all()
	remove_jobs()
	remove_workflows(doctypes)


def after_uninstall() -> None:
	"""Remove roles and settings of ours, and tables that the framework leaves."""
	remove_roles()
	workspaces.restore()
	brand.restore_navbar()
	drop_leftover_tables()
	restore_settings()
	frappe.clear_cache()


def remove_properties(doctypes: list[str]) -> None:
	"""Property setters and custom fields on our DocTypes, and those that our modules put elsewhere."""
	for doctype, field in (("Property Setter", "doc_type"), ("Custom Field", "dt"), ("Custom DocPerm", "parent")):
		frappe.db.delete(doctype, {field: ("in", doctypes)})
	for doctype in ("Property Setter", "Custom Field"):
		frappe.db.delete(doctype, {"module": ("in", MODULES)})


def remove_traces(doctypes: list[str]) -> None:
	"""Rows of the framework about our documents."""
	by_field = {
		"Comment": "reference_doctype",
		"Version": "ref_doctype",
		"View Log": "reference_doctype",
		"ToDo": "reference_type",
		"Communication": "reference_doctype",
		"Deleted Document": "deleted_doctype",
		"Document Follow": "ref_doctype",
		"DocShare": "share_doctype",
		"Tag Link": "document_type",
		"Kanban Board": "reference_doctype",
		"Auto Email Report": "report",
		"Notification Log": "document_type",
		"List View Settings": "name",
		"List Filter": "reference_doctype",
		"User Permission": "allow",
		"Workflow Action": "reference_doctype",
		"Energy Point Log": "reference_doctype",
		"Activity Log": "reference_doctype",
	}
	boards = frappe.get_all("Kanban Board", filters={"reference_doctype": ("in", doctypes)}, pluck="name")
	frappe.db.delete("Kanban Board Column", {"parent": ("in", boards or [""])})
	for doctype, field in by_field.items():
		if frappe.db.table_exists(doctype):
			frappe.db.delete(doctype, {field: ("in", doctypes)})
	frappe.db.delete("__global_search", {"doctype": ("in", doctypes)})
	for name in frappe.get_all("File", filters={"attached_to_doctype": ("in", doctypes)}, pluck="name"):
		frappe.delete_doc("File", name, ignore_permissions=True, force=True)
	series = [prefix for prefix in frappe.db.sql_list("select name from `tabSeries`") if _is_ours(prefix, doctypes)]
	if series:
		frappe.db.delete("Series", {"name": ("in", series)})


def _is_ours(prefix: str, doctypes: list[str]) -> bool:
	starts = []
	for doctype in doctypes:
		autoname = frappe.get_meta(doctype).autoname or ""
		if "#" in autoname:
			starts.append(autoname.removeprefix("format:").removeprefix("naming_series:").split(".")[0])
	return any(start and prefix.startswith(start) for start in starts)


def remove_jobs() -> None:
	"""Scheduled jobs and their log."""
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ("like", "lsm_crm.%")}, pluck="name")
	frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ("in", jobs or [""])})
	frappe.db.delete("Scheduled Job Type", {"name": ("in", jobs or [""])})


def remove_workflows(doctypes: list[str]) -> None:
	"""Workflows of ours; states and actions only where no other workflow uses them."""
	for name in frappe.get_all("Workflow", filters={"document_type": ("in", doctypes)}, pluck="name"):
		frappe.delete_doc("Workflow", name, ignore_permissions=True, force=True)
	used_states = set(frappe.get_all("Workflow Document State", pluck="state"))
	used_actions = set(frappe.get_all("Workflow Transition", pluck="action"))
	for fixture, doctype, used in (
		("workflow_state", "Workflow State", used_states),
		("workflow_action_master", "Workflow Action Master", used_actions),
	):
		for name in _fixture_names(fixture) - used - FRAMEWORK_OWN[doctype]:
			frappe.db.delete(doctype, {"name": name})


# What the framework itself brings under the same names.
FRAMEWORK_OWN = {
	"Workflow State": {"Pending", "Approved", "Rejected"},
	"Workflow Action Master": {"Approve", "Reject", "Review"},
}


def _fixture_names(fixture: str) -> set[str]:
	with open(frappe.get_app_path("lsm_crm", "fixtures", f"{fixture}.json"), encoding="utf-8") as stream:
		return {row["name"] for row in json.load(stream)}


def remove_roles() -> None:
	"""Our roles, and what users and pages have of them."""
	ours = (*ROLES, INTEGRATION)
	for doctype in ("Has Role", "Custom DocPerm", "DocPerm"):
		frappe.db.delete(doctype, {"role": ("in", ours)})
	frappe.db.delete("Role", {"name": ("in", ours)})


def drop_leftover_tables() -> None:
	"""Tables of our child DocTypes and those left by an earlier version."""
	for doctype in load():
		if not frappe.db.exists("DocType", doctype):
			frappe.db.sql_ddl(f"drop table if exists `tab{doctype}`")
	# Where a host gives no second database, the access log stands in the site's own.
	frappe.db.sql_ddl("drop table if exists lsm_access_log")
	frappe.defaults.clear_default("lsm_keys_made")


def restore_settings() -> None:
	"""Brand back to the framework's; languages and formats stay as they are, people may rely on them."""
	for doctype in ("System Settings", "Website Settings"):
		if frappe.db.get_single_value(doctype, "app_name") == "LSM":
			frappe.db.set_single_value(doctype, "app_name", "Frappe")
	for doctype in ("Website Settings", "Navbar Settings"):
		if (frappe.db.get_single_value(doctype, "app_logo") or "").startswith("/assets/lsm_crm/"):
			frappe.db.set_single_value(doctype, "app_logo", "")
