"""Row rules of figures: what the board may see of them, and whose a complaint is."""

from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule


@row_rule("figures_for_the_board")
def figures_for_the_board(table, user: str) -> Criterion:
	"""Figures of months and years that no fewer than five people stand behind; never the days."""
	return (table.shown == 1) & (table.grain != "Day")


@row_rule("complaints_of_mine")
def complaints_of_mine(table, user: str) -> Criterion:
	"""Complaints that the user took down or handles."""
	return (table.owner == user) | (table.handler == user)


@row_rule("complaints_to_handle")
def complaints_to_handle(table, user: str) -> Criterion:
	"""Complaints that nobody else handles: one about the coordinator is given to somebody else and is then closed to them."""
	return (table.owner == user) | (table.handler == user) | (table.handler == "") | table.handler.isnull()
