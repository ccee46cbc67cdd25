"""What funders ask about the senior activities, for each area and year; no person stands in it."""

import frappe
from frappe import _
from frappe.utils import cint, getdate

from lsm_crm.services import seniors

# Fewer people than this in an area could be recognised.
LEAST_PEOPLE = 5


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns and a row for each area with a session held that year."""
	year = cint((filters or {}).get("year")) or getdate().year
	rows = [frappe._dict(row) for row in seniors.figures(year)]
	for row in rows:
		row.people = row.people if row.people >= LEAST_PEOPLE else f"< {LEAST_PEOPLE}"
	return _columns(), rows


def _columns() -> list[dict]:
	return [
		{"fieldname": "area", "label": _("Area"), "fieldtype": "Link", "options": "Area", "width": 220},
		{"fieldname": "people", "label": _("People Reached"), "fieldtype": "Data", "width": 140},
		{"fieldname": "sessions", "label": _("Sessions"), "fieldtype": "Int", "width": 110},
		{"fieldname": "visits", "label": _("Visits"), "fieldtype": "Int", "width": 110},
		{"fieldname": "hours", "label": _("Hours"), "fieldtype": "Float", "precision": 1, "width": 110},
		{"fieldname": "satisfaction", "label": _("Satisfaction"), "fieldtype": "Float", "precision": 1, "width": 130},
	]
