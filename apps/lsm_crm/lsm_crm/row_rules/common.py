"""Row rules that several modules use."""

from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule


@row_rule("own")
def own(table, user: str) -> Criterion:
	"""What the person entered."""
	return table.owner == user


@row_rule("own_account")
def own_account(table, user: str) -> Criterion:
	"""What is linked to the person's account by a field `user`."""
	return table.user == user
