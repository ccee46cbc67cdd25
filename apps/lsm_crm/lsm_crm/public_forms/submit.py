"""Makes the record of a sent form, once.

The sending's one-time token is the name of a `Form Submission`, inserted in the same transaction as the record:
the database refuses a second one with the same token, and whoever sent it twice sees the first one's reference.
Only the form's own fields are set; the DocType's controller validates everything.
"""

import random
import re
import secrets
import time
from dataclasses import dataclass, field

import frappe
from frappe import _

from lsm_crm.public_forms import inputs, uploads
from lsm_crm.public_forms.definition import Form
from lsm_crm.public_forms.draft import Draft

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRTUVWXYZ"  # no 0 O 1 I L S 5-like pairs to misread on the phone
SAVEPOINT = "public_form"
ATTEMPTS = 4


@dataclass
class Outcome:
	reference: str = ""
	errors: dict[str, str] = field(default_factory=dict)  # "" is the form as a whole
	broken: bool = False  # not the visitor's doing; to be tried again


def send(form: Form, draft: Draft, language: str) -> Outcome:
	try:
		for attempt in range(1, ATTEMPTS + 1):
			try:
				return _send_once(form, draft, language)
			except (frappe.QueryDeadlockError, frappe.QueryTimeoutError) as error:
				# Many people sending at once may wait for each other; nothing of this attempt is left.
				frappe.db.rollback()
				if attempt == ATTEMPTS:
					_log(form, error)
				time.sleep(random.uniform(0.05, 0.2) * attempt)
		return Outcome(broken=True)
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point=SAVEPOINT)
		return Outcome(errors=_errors_from(form, error))
	except Exception as error:
		# What was typed must not reach the error log, so no values of variables there.
		frappe.db.rollback()
		_log(form, error)
		return Outcome(broken=True)
	finally:
		frappe.clear_messages()


def _send_once(form: Form, draft: Draft, language: str) -> Outcome:
	known = _existing(draft.token)
	if known:
		return Outcome(reference=known)
	frappe.db.savepoint(SAVEPOINT)
	try:
		return Outcome(reference=_insert(form, draft, language))
	except frappe.DuplicateEntryError:
		frappe.db.rollback(save_point=SAVEPOINT)
		known = _existing(draft.token, committed_by_another=True)
		return Outcome(reference=known) if known else Outcome(broken=True)


def _existing(token: str, committed_by_another: bool = False) -> str | None:
	"""The reference of an earlier sending. A locking read sees what another request committed a moment ago, but is asked
	only once the row is known to be there: locking the gap where it is not would make everyone wait for each other."""
	return frappe.db.get_value("Form Submission", token, "reference", for_update=committed_by_another)


def _insert(form: Form, draft: Draft, language: str) -> str:
	submission = frappe.new_doc("Form Submission")
	submission.update(
		{
			"token": draft.token,
			"web_form": form.name,
			"reference": _new_reference(),
			"reference_doctype": form.doctype,
			"language": language,
			"source": draft.source[:140],
			"sent_at": frappe.utils.now(),
		}
	)
	submission.insert(ignore_permissions=True)

	frappe.flags.in_web_form = True
	record = frappe.new_doc(form.doctype)
	record.update(inputs.to_record(form, draft.values))
	# For controllers that write to the sender: in which language, and under which reference.
	record.flags.public_form = {"language": language, "reference": submission.reference, "route": form.route}
	record.insert(ignore_permissions=True)
	uploads.attach(form, draft, record)
	submission.db_set("reference_name", record.name, update_modified=False)
	return submission.reference


def _new_reference() -> str:
	letters = "".join(secrets.choice(REFERENCE_LETTERS) for _number in range(8))
	return f"LSM-{letters[:4]}-{letters[4:]}"


def _errors_from(form: Form, error: frappe.ValidationError) -> dict[str, str]:
	"""The controller's sentence beside the field it is about, as far as that can be told."""
	by_field = getattr(error, "fields", None)
	if isinstance(by_field, dict):
		return {name if form.field(name) else "": text for name, text in by_field.items()}
	message = _sentence(error)
	named = getattr(error, "fieldname", None)
	if named and form.field(named):
		return {named: message}
	if isinstance(error, frappe.InvalidEmailAddressError):
		emails = [item for item in form.fields if item.kind == "email"]
		if len(emails) == 1:
			return {emails[0].name: message}
	if isinstance(error, frappe.MandatoryError):
		missing = re.findall(r"\w+", str(error).rsplit(":", 1)[-1])
		found = {name: _("Fill in this field.") for name in missing if form.field(name)}
		return found or {"": _("Something is still missing. Please look at your answers.")}
	for item in sorted(form.fields, key=lambda item: -len(item.label)):
		if len(item.label) > 3 and _(item.label) in message:
			return {item.name: message}
	return {"": message}


def _sentence(error: Exception) -> str:
	text = frappe.utils.strip_html(str(error)).strip()
	return text or _("Something is not right yet. Please look at your answers.")


def _log(form: Form, error: Exception) -> None:
	place = error.__traceback__
	while place and place.tb_next:
		place = place.tb_next
	where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
	frappe.log_error(f"Public form {form.route} failed", f"{type(error).__name__} at {where}")
