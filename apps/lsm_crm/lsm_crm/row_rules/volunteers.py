"""Row rules of this module; see the package for their form."""

from frappe.query_builder import DocType
from pypika import Query
from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule


@row_rule("led_by_user")
def led_by_user(table, user: str) -> Criterion:
	"""Shifts and rules that this person leads."""
	return table.lead == user


@row_rule("places_in_led_shifts")
def places_in_led_shifts(table, user: str) -> Criterion:
	"""Who stands in the shifts that this person leads."""
	shift = DocType("Volunteer Shift")
	return table.shift.isin(Query.from_(shift).select(shift.name).where(shift.lead == user))


@row_rule("supervised_by_user")
def supervised_by_user(table, user: str) -> Criterion:
	"""Placements that this person supervises."""
	return table.supervisor == user
