"""The annual report of 2021 with the figures that were printed in it; what is counted from the records stands beside them."""

import frappe

from lsm_crm.setup.data import read

YEAR = 2021
# figure in the program: its place in the printed report
KEYS = ("help-requests", "pupils", "tutors", "pupils-referred")


def seed() -> None:
	"""Insert the report of 2021 when it is missing."""
	if frappe.db.exists("Annual Report", str(YEAR)):
		return
	printed = read("annual_report_2021")
	report = frappe.get_doc({"doctype": "Annual Report", "year": YEAR})
	report.insert(ignore_permissions=True)
	values = {key: entry["figure"] for key, entry in zip(KEYS, printed["counts_of_records"], strict=True)}
	values["volunteers-so-far"] = printed["cumulative"][0]["figure"]
	for row in report.figures:
		row.reported_value = values.get(row.figure)
		row.in_print = int(row.figure in values)
		if row.kind == "Entered":
			row.entered_value = values.get(row.figure)
	report.save(ignore_permissions=True)
