"""What every DocType with a workflow shares: a step is checked in the controller, whoever takes it and by whatever door.

The framework checks roles at each save, but who may edit in a state and who may approve their own only in the desk; and its
own refusal says no more than that the action is not valid.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow

from lsm_crm.exceptions import ReadOnlyStateError, TransitionError

# For the type checker a mixin is a document; when it runs it is a plain class.
if TYPE_CHECKING:
	from frappe.model.document import Document as _Base
else:
	_Base = object


# The framework's list of who could take a document's next step. Nobody here reads it, and it asks several questions for each
# holder of a role at every save, so that a save would grow slower with every volunteer.
NEXT_STEPS = "frappe.workflow.doctype.workflow_action.workflow_action.process_workflow_actions"


class WorkflowMixin(_Base):
	"""Controller part: override `before_transition(old, new)` and throw TransitionError with what is missing."""

	def run_method(self, method: str, *args, **kwargs) -> Any:
		if method != "on_update":
			return super().run_method(method, *args, **kwargs)
		with _no_list_of_next_steps():
			return super().run_method(method, *args, **kwargs)

	def before_transition(self, old: str | None, new: str) -> None:
		"""Called once for each change of state, after the framework let it pass."""

	def validate_workflow(self) -> None:
		before = self.get_doc_before_save()
		old = before.workflow_state if before else None
		if self.flags.workflow_actor and before:
			if old != self.workflow_state and not find_transition(self, old, new=self.workflow_state):
				refuse_step(self, old, self.workflow_state)
		else:
			super().validate_workflow()
		if not before:
			return
		if old == self.workflow_state:
			self._refuse_edit_in_state(old)
		else:
			self.before_transition(old, self.workflow_state)

	def _refuse_edit_in_state(self, state: str | None) -> None:
		user = frappe.session.user
		if user == "Administrator" or self.flags.ignore_permissions or self.flags.workflow_actor:
			return
		editors = {row.allow_edit for row in get_workflow(self.doctype).states if row.state == state}
		if not editors.intersection(frappe.get_roles(user)):
			frappe.throw(
				_("{0} is in the state {1}, in which you cannot change it.").format(self.name, _(state)),
				title=_("Not changed"),
				exc=ReadOnlyStateError,
			)


@contextmanager
def _no_list_of_next_steps() -> Iterator[None]:
	everywhere = frappe.get_doc_hooks().get("*", {})
	handlers = everywhere.get("on_update", [])
	everywhere["on_update"] = [handler for handler in handlers if handler != NEXT_STEPS]
	try:
		yield
	finally:
		everywhere["on_update"] = handlers


class WorkflowDocument(WorkflowMixin, Document):
	"""A document with a workflow."""


def find_transition(doc: Document, state: str | None, action: str | None = None, new: str | None = None):
	"""The workflow's transition out of the state by its action or its next state, whoever may take it."""
	for row in get_workflow(doc.doctype).transitions:
		if row.state == state and (action is None or row.action == action) and (new is None or row.next_state == new):
			return row
	return None


def refuse_step(doc: Document, old: str | None, step: str | None) -> None:
	"""Say that the workflow has no such step."""
	frappe.throw(
		_("{0} is in the state {1}: the step {2} is not possible from there.").format(doc.name, _(old), _(step)),
		title=_("Not possible now"),
		exc=TransitionError,
	)


def act(doc: Document, action: str, actor: str) -> Document:
	"""Take a step for someone who has no role in the workflow: a partner, a customer, the scheduler.

	The caller has checked that the actor may; `actor` is text for the timeline, such as "partner Leergeld Leiden".
	"""
	transition = find_transition(doc, doc.workflow_state, action)
	if not transition:
		refuse_step(doc, doc.workflow_state, action)
	doc.flags.workflow_actor = actor
	doc.workflow_state = transition.next_state
	doc.save(ignore_permissions=True)
	doc.flags.workflow_actor = None
	doc.add_comment("Workflow", _("{0} by {1}").format(_(transition.next_state), actor))
	return doc
