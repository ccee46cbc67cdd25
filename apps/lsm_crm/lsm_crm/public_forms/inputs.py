"""Reads what was typed from a request and checks it field by field.

Answers are kept as they were typed (text, lists of rows); `to_record` turns them into what the DocType expects.
A check here only tells a visitor early and beside the field what is wrong: the DocType's controller decides.
"""

from frappe import _
from werkzeug.datastructures import MultiDict

from lsm_crm.public_forms import conditions, tables
from lsm_crm.public_forms.definition import Form, FormField, Step
from lsm_crm.public_forms.values import clean, stored, value_error


def collect(step: Step, posted: MultiDict) -> dict:
	"""Answers of one step, as typed. A box that is not ticked is not sent, so absence means "0"."""
	values = {}
	for item in step.fields:
		if item.kind in ("html", "file"):
			continue
		if item.kind in ("checklist", "grid", "rows"):
			values[item.name] = tables.collect(item, posted)
		elif item.kind == "check":
			values[item.name] = "1" if posted.get(item.id) else "0"
		else:
			values[item.name] = clean(posted.get(item.id), keep_lines=item.kind == "textarea")
	return values


def errors_of(form: Form, step: Step, values: dict) -> dict[str, str]:
	"""Field name to a sentence that says what to do, for the fields that are shown."""
	found = {}
	for item in form.shown_fields(step, values):
		message = _error(item, values)
		if message:
			found[item.name] = message
	return found


def _error(item: FormField, values: dict) -> str | None:
	value = values.get(item.name)
	if item.kind in ("checklist", "grid", "rows"):
		return tables.error(item, value or [])
	if not value or value == "0" and item.kind == "check":
		return _missing(item) if is_required(item, values) else None
	if item.kind in ("html", "file"):
		return None
	if item.max_length and len(value) > item.max_length:
		return _("This is too long: at most {0} characters.").format(item.max_length)
	return value_error(item, value)


def is_required(item: FormField, values: dict) -> bool:
	return item.required or bool(item.required_when and conditions.holds(item.required_when, values))


def _missing(item: FormField) -> str:
	if item.kind in ("radio", "select"):
		return _("Choose an answer.")
	if item.kind == "check":
		return _("Tick this box to go on.")
	if item.kind == "file":
		return _("Add a file.")
	return _("Fill in this field.")


def to_record(form: Form, values: dict) -> dict:
	"""What the DocType gets: only the form's own shown fields, and the form's hidden defaults."""
	record = {name: value for name, value in form.hidden_defaults.items() if value}
	for step in form.steps:
		for item in form.shown_fields(step, values):
			if item.kind in ("html", "file"):
				continue
			value = values.get(item.name)
			if item.kind in ("checklist", "grid", "rows"):
				record[item.name] = tables.to_record(item, value or [])
			elif value:
				record[item.name] = stored(item, value)
	return record
