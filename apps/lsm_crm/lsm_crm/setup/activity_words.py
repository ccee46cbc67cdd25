"""Kinds of events, tutoring subjects and school holidays."""

import frappe

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing

SUBJECTS_IN_ENGLISH = {
	"Wiskunde": "Mathematics",
	"Rekenen": "Arithmetic",
	"Nederlands": "Dutch",
	"Engels": "English",
	"Spaans": "Spanish",
	"Frans": "French",
	"Biologie": "Biology",
}
FOR_CHILDREN = ("Children's activity", "Reading aloud", "Tutoring")


def seed() -> None:
	"""Insert every term that is missing."""
	words = read("vocabulary")
	for word in words["event_types"]:
		name = word["en"]
		insert_missing(
			"Event Type",
			name,
			event_type=name,
			dutch_name=word["nl"],
			for_children=int(name in FOR_CHILDREN),
			is_eatery=int(name == "Eatery evening"),
		)
	for dutch in words["tutoring_subjects"]:
		name = SUBJECTS_IN_ENGLISH[dutch]
		insert_missing("Tutoring Subject", name, subject=name, dutch_name=dutch)
	for holiday in read("school_holidays")["holidays"]:
		key = {"holiday_name": holiday["name"], "first_day": holiday["first_day"], "region": holiday["region"]}
		if not frappe.db.exists("School Holiday", key):
			frappe.get_doc(
				{"doctype": "School Holiday", **key, "last_day": holiday["last_day"], "source": holiday.get("source")}
			).insert(ignore_permissions=True)
