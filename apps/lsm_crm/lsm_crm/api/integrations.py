"""What programs elsewhere may read by token; nothing of it is about a person. And the button that makes their token."""

import frappe
from frappe import _

from lsm_crm.public_site import agenda as public_agenda
from lsm_crm.services import integrations as service


@frappe.whitelist(methods=["GET"])
def agenda() -> list[dict]:
	"""What is open to everyone in the coming weeks, earliest first."""
	service.require("reads_agenda")
	return [
		{
			"name": entry.name,
			"kind": entry.kind,
			"title": entry.title,
			"starts": entry.starts.isoformat(),
			"ends": entry.ends.isoformat() if entry.ends else None,
			"place": entry.place,
		}
		for entry in public_agenda.coming()
	]


@frappe.whitelist(methods=["GET"])
def figures(year: int) -> list[dict]:
	"""Counts of one year by month, without the small ones."""
	service.require("reads_figures")
	if not 2000 <= year <= 2100:
		frappe.throw(_("There are no figures of the year {0}.").format(year))
	return service.year_figures(year)


@frappe.whitelist(methods=["POST"])
def make_token(name: str, modified: str) -> str:
	"""Make a new token for an integration and tell it, this once."""
	integration = frappe.get_doc("Integration", name)
	integration.check_permission("write")
	if str(integration.modified) != modified:
		raise frappe.TimestampMismatchError(
			_("This integration was changed after you opened it. Reload it and try again.")
		)
	return service.make_token(integration)
