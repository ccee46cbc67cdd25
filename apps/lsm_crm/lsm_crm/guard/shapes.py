"""Checks on the form of what is sent, where the framework would end in an error of the program."""

import os

import frappe

from lsm_crm.guard import queries
from lsm_crm.guard.errors import refuse

FORMATS = ("CSV", "Excel")
QUOTING = ("0", "1", "2", "3")  # as the csv module counts them
SAVING = ("Save", "Submit", "Update", "Cancel")


def export_format(call, form, groups) -> None:
	"""An export says as what, and of which rows."""
	if form.get("file_format_type") not in FORMATS:
		refuse(call, "no such kind of file")
	if len(form.get("csv_delimiter", ",")) != 1 or str(form.get("csv_quoting", "0")) not in QUOTING:
		refuse(call, "no such kind of CSV")
	if form.get("selected_items"):
		names = queries.parsed(call, form["selected_items"])
		if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
			refuse(call, "selected items are not names")


def workspace(call, form, groups) -> None:
	"""The page is described as JSON with its name."""
	page = queries.parsed(call, form.get("page"))
	if not isinstance(page, dict) or not isinstance(page.get("name"), str):
		refuse(call, "no workspace named")
	if not frappe.db.exists("Workspace", page["name"]):
		refuse(call, "no such workspace")


def tree_doctype(call, form, groups) -> None:
	if not frappe.get_meta(form["doctype"]).is_tree:
		refuse(call, "not a tree")


def script_files(call, form, groups) -> None:
	"""Built scripts by their names."""
	names = queries.parsed(call, form.get("items"))
	if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
		refuse(call, "items are not names of files")
	for name in names:
		if not os.path.isfile(os.path.join(frappe.local.sites_path, *name.strip("/").split("/"))):
			refuse(call, "no such file")


def saving(call, form, groups) -> None:
	if form.get("action") not in SAVING:
		refuse(call, "no such way to save")
