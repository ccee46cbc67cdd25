"""Who of the staff is away on a day."""

import frappe
from frappe.utils import getdate


def away_on(day) -> set[str]:
	"""Users who are away on that day: one query."""
	table = frappe.qb.DocType("Staff Absence")
	day = getdate(day)
	rows = (
		frappe.qb.from_(table)
		.select(table.user)
		.distinct()
		.where((table.from_date <= day) & (table.until_date >= day))
		.run()
	)
	return {row[0] for row in rows}
