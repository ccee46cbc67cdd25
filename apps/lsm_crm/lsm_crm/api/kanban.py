"""Moving a card on a board: a step of the workflow, on the version that the person saw."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions

from lsm_crm.exceptions import TransitionError
from lsm_crm.services.editing import is_version


@frappe.whitelist(methods=["POST"])
def move(board_name: str, docname: str, from_colname: str, to_colname: str, modified: str) -> dict:
	"""Take the step from one column to the other and return the board's columns and the document's new version."""
	board = frappe.get_doc("Kanban Board", board_name)
	doc = frappe.get_doc(board.reference_doctype, docname)
	doc.check_permission("write")
	if board.field_name != "workflow_state" or from_colname == to_colname:
		return _answer(board, doc)
	refuse_old_version(doc, modified)
	steps = [row for row in get_transitions(doc) if row.next_state == to_colname]
	if not steps:
		frappe.throw(
			_("{0} cannot go from {1} to {2}, or that step is not yours.").format(
				doc.name, _(doc.workflow_state), _(to_colname)
			),
			title=_("Not possible now"),
			exc=TransitionError,
		)
	return _answer(board, apply_workflow(doc, steps[0].action))


@frappe.whitelist(methods=["POST"])
def order(board_name: str) -> list:
	"""What the board shows, unchanged: the order of cards within a column is nobody's business but the list's."""
	board = frappe.get_doc("Kanban Board", board_name)
	board.check_permission("read")
	return [board.as_dict(), []]


def refuse_old_version(doc, modified: str) -> None:
	"""A card that somebody else moved or changed meanwhile stays where it is."""
	if not is_version(modified, doc.modified):
		frappe.throw(
			_("{0} was changed after you opened it. Reload the board and do it again.").format(doc.name),
			title=_("Changed by somebody else"),
			exc=frappe.TimestampMismatchError,
		)


def _answer(board, doc) -> dict:
	return {**board.as_dict(), "document_modified": str(doc.modified)}
