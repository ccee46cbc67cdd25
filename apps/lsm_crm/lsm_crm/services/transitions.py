"""Workflow steps taken by a service instead of a person with a role in the desk.

The framework checks a transition against the roles of the session's user. A volunteer who leaves by the portal, a
customer's link and the scheduler have no such role: they act through a service that states the actor.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow

from lsm_crm.exceptions import TransitionError


class ServiceTransitions(Document):
	"""For DocTypes with a workflow of which some steps are taken by a service."""

	def validate_workflow(self) -> None:
		"""Let a stated actor take exactly the step that the service named; everything else as usual."""
		if step := self.flags.service_step:
			before = self.get_doc_before_save()
			if before and (before.workflow_state, self.workflow_state) == step:
				return
		super().validate_workflow()

	def state_change(self) -> tuple[str, str] | None:
		"""Return (from, to) when this save changes the state of a stored document."""
		before = self.get_doc_before_save()
		if before and before.workflow_state != self.workflow_state:
			return (before.workflow_state, self.workflow_state)
		return None


def take_step(doc: Document, next_state: str, actor: str) -> Document:
	"""Move the document to `next_state` on behalf of `actor`, if the workflow knows that step for anyone at all."""
	workflow = get_workflow(doc.doctype)
	state = doc.workflow_state
	if not any(t.state == state and t.next_state == next_state for t in workflow.transitions):
		raise TransitionError(_("There is no step from {0} to {1}.").format(_(state), _(next_state)))
	doc.flags.service_step = (state, next_state)
	doc.workflow_state = next_state
	try:
		doc.save(ignore_permissions=True)
	finally:
		doc.flags.service_step = None
	doc.add_comment("Workflow", _("{0} (by {1})").format(_(next_state), actor))
	return doc


def require(wanted: list[tuple[object, str]], title: str, exc: type[Exception] = TransitionError) -> None:
	"""Throw one sentence for each pair whose value is empty."""
	missing = [sentence for value, sentence in wanted if not value]
	if missing:
		frappe.throw("<br>".join(missing), title=title, exc=exc)
