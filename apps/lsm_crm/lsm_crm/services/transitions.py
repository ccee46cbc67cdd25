"""What the controllers of volunteers share about steps of a workflow."""

import frappe

from lsm_crm.exceptions import TransitionError


def state_change(doc) -> tuple[str, str] | None:
	"""Return (from, to) when this save changes the state of a stored document."""
	before = doc.get_doc_before_save()
	if before and before.workflow_state != doc.workflow_state:
		return (before.workflow_state, doc.workflow_state)
	return None


def require(wanted: list[tuple[object, str]], title: str, exc: type[Exception] = TransitionError) -> None:
	"""Throw one sentence for each pair whose value is empty."""
	missing = [sentence for value, sentence in wanted if not value]
	if missing:
		frappe.throw("<br>".join(missing), title=title, exc=exc)
