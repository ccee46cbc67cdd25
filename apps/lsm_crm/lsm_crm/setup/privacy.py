"""What privacy starts with: the access log's place, the mark that keys were made, and proposals for terms."""

import frappe

from lsm_crm.services import keys, read_log_store

# (DocType, months, counted from, action, only in state, ground): proposals, off until the foundation decides
RULES = (
	(
		"Client",
		60,
		"modified",
		"Erase Person",
		"",
		"No legal term; five years after the last contact, as long as claims can be made.",
	),
	(
		"Help Request",
		24,
		"creation",
		"Anonymise",
		"",
		"Counted for the year's figures; who asked is not needed after two years.",
	),
	(
		"Volunteer",
		24,
		"modified",
		"Erase Person",
		"Left",
		"Two years after leaving, for references and a possible return.",
	),
	("Case", 60, "modified", "Anonymise", "Closed", "Five years after the last change of a closed case."),
	("Incoming Question", 6, "creation", "Delete", "", "A question from the website is answered or became a request."),
)


def seed() -> None:
	"""Insert what is missing; safe to run again."""
	keys.ensure()
	frappe.db.set_default("lsm_keys_made", "1")
	read_log_store.ensure()
	for doctype, months, date_field, action, state, ground in RULES:
		if frappe.db.exists("DocType", doctype) and not frappe.db.exists("Retention Rule", doctype):
			frappe.get_doc(
				{
					"doctype": "Retention Rule",
					"document_type": doctype,
					"months": months,
					"date_field": date_field,
					"action": action,
					"only_when": state,
					"ground": ground,
					"enabled": 0,
				}
			).insert(ignore_permissions=True)
