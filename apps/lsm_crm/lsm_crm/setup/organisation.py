"""Data of the foundation itself, in LSM Settings."""

import frappe

from lsm_crm.setup.data import read


def seed() -> None:
	"""Fill in name, motto and addresses where they are still empty."""
	organisation = read("vocabulary")["organisation"]
	settings = frappe.get_single("LSM Settings")
	values = {
		"organisation_name": organisation["name"],
		"short_name": organisation["short"],
		"motto_nl": organisation["motto"]["nl"],
		"motto_en": organisation["motto"]["en"],
		"founded_on": f"{organisation['founded']}-01",
		"phone": organisation["phone"],
		"email": organisation["emails"][0],
		"second_email": organisation["emails"][1],
	}
	missing = {key: value for key, value in values.items() if not settings.get(key)}
	if missing:
		settings.update(missing)
		settings.save(ignore_permissions=True)
