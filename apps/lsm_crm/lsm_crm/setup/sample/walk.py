"""Acting as the sample users, and taking the steps of a workflow as they do."""

from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import WorkflowTransitionError, get_transitions


@contextmanager
def acting_as(user: str):
	"""Do what stands in the block as that user, with that user's rights and no others."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)


@contextmanager
def quietly():
	"""No mail, message, alert or task comes of what happens in the block: the people are made up."""
	muted = frappe.flags.mute_emails, frappe.flags.mute_messages
	frappe.flags.mute_emails = frappe.flags.mute_messages = True
	listeners = frappe.get_doc_hooks().get("*", {})
	before = {event: list(listeners.get(event, ())) for event in ("on_update", "on_change")}
	for event, handlers in before.items():
		listeners[event] = [handler for handler in handlers if handler.startswith("lsm_crm.")]
	frappe.local.lsm_sample_comments = comments = []
	try:
		yield
		_store_comments(comments)
	finally:
		frappe.flags.mute_emails, frappe.flags.mute_messages = muted
		listeners.update(before)
		del frappe.local.lsm_sample_comments


def _store_comments(rows: list[tuple]) -> None:
	"""The steps in the records' timelines, all at once."""
	fields = ["name", "creation", "modified", "owner", "modified_by", "comment_type", "comment_by", "comment_email"]
	fields += ["content", "reference_doctype", "reference_name"]
	frappe.db.bulk_insert("Comment", fields, rows)


def step(doc: Document, action: str, **values) -> Document:
	"""Take a step of the workflow as the session's user; `values` are filled in with it.

	The same checks as the desk's button (`apply_workflow`): the user's own transitions, then the controller's at saving.
	"""
	transition = next((row for row in get_transitions(doc) if row.action == action), None)
	if not transition:
		raise WorkflowTransitionError(f"{doc.doctype} {doc.name} in {doc.workflow_state}: no step {action}")
	doc.update(values)
	doc.workflow_state = transition.next_state
	doc.flags.ignore_version = True
	doc.save()
	user, now = frappe.session.user, frappe.utils.now()
	said = ("Workflow", user, user, _(transition.next_state), doc.doctype, doc.name)
	frappe.local.lsm_sample_comments.append((frappe.generate_hash(length=10), now, now, user, user, *said))
	return doc


def steps(doc: Document, *actions: str) -> Document:
	"""Take several steps one after the other."""
	for action in actions:
		step(doc, action)
	return doc


def insert(doctype: str, **values) -> Document:
	"""Insert a document with the session user's own rights."""
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def set_past(doc: Document, moment, **values) -> None:
	"""Say that the record was made at that moment: it was typed in today, which no reader would believe."""
	frappe.db.set_value(doc.doctype, doc.name, {"creation": moment, **values}, update_modified=False)
	doc.update({"creation": moment, **values})
