"""Names of the people behind staff's accounts, where the framework shows the account's address.

Only accounts for the desk: a link field's search tells any of them to colleagues. Who only has the portal stays an address.
"""

import frappe

MOST = 2_000


def of(users: list[str | None]) -> dict[str, str]:
	"""{account: name} of those that are staff's, also of those who have left: their old records still name them."""
	if not any(users):
		return {}
	table = frappe.qb.DocType("User")
	condition = table.name.isin(sorted({user for user in users if user})) & (table.user_type == "System User")
	rows = frappe.qb.from_(table).select(table.name, table.full_name).where(condition).run()
	return {name: full_name for name, full_name in rows if full_name}


def of_all() -> dict[str, str]:
	"""{account: name} of everyone who works here now."""
	table = frappe.qb.DocType("User")
	condition = (table.enabled == 1) & (table.user_type == "System User")
	rows = frappe.qb.from_(table).select(table.name, table.full_name).where(condition).limit(MOST).run()
	return {name: full_name for name, full_name in rows if full_name}
