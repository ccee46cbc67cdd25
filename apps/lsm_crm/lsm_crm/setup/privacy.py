"""What privacy starts with: the access log's place, the mark that keys were made, and proposals for terms."""

import frappe

from lsm_crm.services import keys, read_log_store

# (DocType, months, counted from, action, only in state, ground in the foundation's language): proposals, off until it decides
RULES = (
	(
		"Client",
		60,
		"modified",
		"Erase Person",
		"",
		"Geen wettelijke termijn; vijf jaar na het laatste contact, zolang er nog aanspraken kunnen zijn.",
	),
	(
		"Help Request",
		24,
		"creation",
		"Anonymise",
		"",
		"Telt mee voor de jaarcijfers; wie het vroeg is na twee jaar niet meer nodig.",
	),
	(
		"Volunteer",
		24,
		"modified",
		"Erase Person",
		"Left",
		"Twee jaar na het vertrek, voor referenties en een mogelijke terugkeer.",
	),
	("Case", 60, "modified", "Anonymise", "Closed", "Vijf jaar na de laatste wijziging van een gesloten zaak."),
	("Incoming Question", 6, "creation", "Delete", "", "Een vraag via de website is beantwoord of werd een hulpvraag."),
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
