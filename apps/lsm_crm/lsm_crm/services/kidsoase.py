"""Coming and going at Kidsoase: a child is brought and collected by an adult whom we know."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from lsm_crm.services.children import refuse


def check_in(day_name: str, child_name: str, brought_by: str) -> None:
	"""The child is here. An adult whom we know brought it; doing it twice changes nothing."""
	day, row = _visit(day_name, child_name, add=True)
	if row.checked_in_on and not row.checked_out_on:
		return
	if row.checked_out_on:
		refuse(_("{0} has been collected today already.").format(row.child_name))
	_known(child_name, brought_by)
	row.checked_in_on, row.brought_by = now_datetime(), brought_by
	_save(day)


def check_out(day_name: str, child_name: str, collected_by: str) -> None:
	"""The child goes home with an adult who is on its list and may collect it."""
	day, row = _visit(day_name, child_name)
	if row.checked_out_on:
		return
	if not row.checked_in_on:
		refuse(_("{0} has not come today.").format(row.child_name))
	if not _known(child_name, collected_by).may_collect:
		refuse(_("{0} may not collect this child. Call the guardian.").format(collected_by))
	row.checked_out_on, row.collected_by = now_datetime(), collected_by
	_save(day)


def adults_of(child_name: str) -> list[dict]:
	"""Names on the child's list, for the page at the door."""
	return frappe.get_all(
		"Known Adult",
		filters={"parent": child_name, "parenttype": "Kidsoase Child"},
		fields=["adult_name", "relation", "may_collect"],
		order_by="idx",
	)


def _known(child_name: str, adult_name: str):
	for row in adults_of(child_name):
		if row["adult_name"] == adult_name:
			return row
	refuse(_("{0} is not on the list of adults of this child. Call the guardian.").format(adult_name or _("Nobody")))


def _visit(day_name: str, child_name: str, add: bool = False):
	day = frappe.get_doc("Kidsoase Day", day_name, for_update=True)
	if day.state != "Open":
		refuse(_("Open the day first: two adults must be there."))
	for row in day.visits:
		if row.child == child_name:
			return day, row
	if not add:
		refuse(_("This child is not on the list of the day."))
	return day, day.append(
		"visits", {"child": child_name, "child_name": frappe.db.get_value("Kidsoase Child", child_name, "first_name")}
	)


def _save(day) -> None:
	day.flags.by_service = True
	day.save(ignore_permissions=True)
