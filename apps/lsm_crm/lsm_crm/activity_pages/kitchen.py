"""The kitchen's day on paper or a tablet: the sheet with the shopping list, and the labels."""

import frappe
from frappe import _
from frappe.utils import getdate

from lsm_crm.activity_pages.forms import require_role
from lsm_crm.constants import COORDINATOR, KITCHEN
from lsm_crm.services import kitchen_sheet


def page(day: str | None = None, part: str | None = None) -> tuple[str, dict]:
	"""`/kitchen`, `/kitchen/2026-12-24` and `/kitchen/2026-12-24/labels`."""
	require_role(KITCHEN, COORDINATOR)
	try:
		date = getdate(day)
	except ValueError:
		raise frappe.DoesNotExistError(_("This page is not there.")) from None
	found = kitchen_sheet.sheet(date)
	if part == "labels":
		labels = [label for order in found["orders"] for label in kitchen_sheet.labels(order)]
		return "work/labels.html", {"labels": labels, "title": _("Labels")}
	if part:
		raise frappe.DoesNotExistError(_("This page is not there."))
	return "work/kitchen.html", {"sheet": found, "title": _("Kitchen sheet")}
