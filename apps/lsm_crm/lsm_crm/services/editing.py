"""What a person may change in a document, by its state. The framework checks this in the desk only; a service must too.

Fields that are read-only in the form are written by the program alone: what a request sends for them is dropped.
"""

from collections.abc import Iterable, Mapping

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document
from frappe.utils import get_datetime

from lsm_crm.exceptions import ReadOnlyStateError, TransitionError

ANYTHING = frozenset({"*"})
# state -> role -> fields that the role may change then
Editing = Mapping[str, Mapping[str, frozenset[str]]]


def is_version(given, stored) -> bool:
	"""Whether what a request gives as `modified` names the version that is stored; what is no moment names none."""
	try:
		return isinstance(given, str) and bool(given) and get_datetime(given) == get_datetime(stored)
	except (ValueError, OverflowError):
		return False


def is_program(doc: Document) -> bool:
	"""Whether a service acts, which checked the actor itself, or the site's own account."""
	return bool(doc.flags.by_service or doc.flags.workflow_actor) or frappe.session.user == "Administrator"


def keep_program_fields(doc: Document, worked_out: Iterable[str] = ()) -> None:
	"""Put back read-only fields to what is stored, or to their default in a new document.

	`worked_out` are those that `validate` computes anew anyway.
	"""
	if is_program(doc):
		return
	before = doc.get_doc_before_save()
	skip = {*worked_out, "workflow_state", "naming_series"}
	for field in doc.meta.fields:
		if not field.read_only or field.fieldname in skip or field.fetch_from:
			continue
		if field.fieldtype in no_value_fields and field.fieldtype not in table_fields:
			continue
		if field.fieldtype in table_fields:
			doc.set(field.fieldname, [row.as_dict() for row in before.get(field.fieldname)] if before else [])
		else:
			doc.set(field.fieldname, before.get(field.fieldname) if before else field.default)


def check_editable(doc: Document, editing: Editing) -> None:
	"""Refuse changes to fields that none of the person's roles may change in the document's state."""
	before = doc.get_doc_before_save()
	if not before or is_program(doc):
		return
	states = {before.workflow_state, doc.workflow_state}
	roles = set(frappe.get_roles())
	allowed: set[str] = set()
	for state in states:
		for role, fields in editing.get(state, {}).items():
			if role in roles:
				allowed |= fields
	if "*" in allowed:
		return
	refused = [f for f in _changed_fields(doc, before) if f.fieldname not in allowed]
	if refused:
		names = ", ".join(_(field.label) for field in refused)
		frappe.throw(
			_("In the state {0} you cannot change this: {1}.").format(_(before.workflow_state), names),
			title=_("Not in this state"),
			exc=ReadOnlyStateError,
		)


def _changed_fields(doc: Document, before: Document) -> list:
	return [
		field
		for field in doc.meta.fields
		if field.fieldname != "workflow_state"
		and not field.read_only
		and (field.fieldtype in table_fields or field.fieldtype not in no_value_fields)
		and _differs(doc, before, field)
	]


def _differs(doc: Document, before: Document, field) -> bool:
	if field.fieldtype in table_fields:
		return _rows(doc, field) != _rows(before, field)
	cast = frappe.utils.cast
	old, new = before.get(field.fieldname), doc.get(field.fieldname)
	if not old and not new:
		return False
	if field.fieldtype == "Time":
		return str(frappe.utils.to_timedelta(str(old or 0))) != str(frappe.utils.to_timedelta(str(new or 0)))
	return cast(field.fieldtype, old) != cast(field.fieldtype, new)


def _rows(doc: Document, field) -> list[tuple]:
	meta = frappe.get_meta(field.options)
	names = [f.fieldname for f in meta.fields if not f.read_only and f.fieldtype not in no_value_fields]
	return [tuple(str(row.get(n) or "") for n in names) for row in doc.get(field.fieldname) or []]


def require(wanted: list[tuple[object, str]], title: str) -> None:
	"""Throw the sentence of each pair whose value is empty, all in one message."""
	missing = [sentence for value, sentence in wanted if not value]
	if missing:
		frappe.throw("<br>".join(missing), title=title, exc=TransitionError)
