"""The walk-in hour: taking a request down, and what becomes of it. A request is counted once, whatever it becomes."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from lsm_crm.exceptions import TransitionError
from lsm_crm.services import workflow

# What the walk-in page may fill in; everything else is set here.
FIELDS = (
	"request_date",
	"channel",
	"language",
	"area",
	"mode",
	"minutes",
	"project",
	"client",
	"client_group",
	"wants_follow_up",
	"contact_name",
	"contact_phone",
	"contact_email",
	"note",
)
PERSON_FIELDS = (
	"first_name",
	"infix",
	"last_name",
	"date_of_birth",
	"birth_year",
	"preferred_language",
	"interpreter_needed",
	"phone",
	"email",
	"safe_to_call",
	"safe_to_text",
	"safe_to_mail",
	"area",
	"guardian_name",
	"guardian_phone",
)


def register(values: dict, token: str) -> Document:
	"""Store a request as the session's user; the same token again gives the request that is there already.

	With a service given and nobody waiting for an answer it is answered at once.
	"""
	key = f"desk:{frappe.session.user}:{token}"[:140]
	stored = frappe.db.get_value("Help Request", {"source_key": key}, "name")
	if stored:
		return frappe.get_doc("Help Request", stored)
	# get_doc, since new_doc fills in the site's own language
	request = frappe.get_doc({"doctype": "Help Request"})
	request.update({name: values[name] for name in FIELDS if values.get(name) not in (None, "")})
	request.minutes = cint(values.get("minutes"))
	request.source_key = key
	request.project = request.project or frappe.db.get_single_value("LSM Settings", "walk_in_project")
	for topic in values.get("topics") or []:
		request.append("topics", {"topic": topic})
	for service in values.get("services") or []:
		request.append("services", {"service_type": service})
	frappe.db.savepoint("register")
	try:
		request.insert()
	except frappe.UniqueValidationError:
		# the same token at the same moment: the other one is stored by now, and only a locking read sees it
		frappe.db.rollback(save_point="register")
		frappe.clear_messages()
		stored = frappe.db.get_value("Help Request", {"source_key": key}, "name", for_update=True)
		return frappe.get_doc("Help Request", stored, for_update=True)
	if request.services and not request.wants_follow_up:
		request = workflow.act(request, "Answer", frappe.session.user)
	return request


def make_case(
	request_name: str, case_type: str, subject: str, client: str | None = None, person: dict | None = None
) -> str:
	"""Turn the request into a case of a known client or a new one; return the case's number.

	The front office may not read what it makes here, so rights on Client and Case are not asked: the caller has
	checked the right on the request.
	"""
	request = _locked(request_name)
	if request.case:
		return request.case
	client = client or request.client or _new_client(person or {}, request)
	case = frappe.get_doc(
		{
			"doctype": "Case",
			"client": client,
			"case_type": case_type,
			"subject": subject,
			"project": request.project,
			"topics": [{"topic": row.topic} for row in request.topics],
		}
	).insert(ignore_permissions=True)
	if request.note:
		frappe.get_doc(
			{
				"doctype": "Case Note",
				"case": case.name,
				"kind": "Note",
				"text": request.note,
				"minutes": request.minutes,
			}
		).insert(ignore_permissions=True)
	request.update({"case": case.name, "client": client, "note": None, "wants_follow_up": 0})
	_finish(request, "Make Case")
	return case.name


def refer(request_name: str, partner: str, topic: str | None = None) -> str:
	"""Send the visitor on to a partner without any data about the person; return the referral's number."""
	request = _locked(request_name)
	if request.referral:
		return request.referral
	referral = frappe.get_doc(
		{
			"doctype": "Referral",
			"partner": partner,
			"help_request": request.name,
			"topic": topic or request.main_topic,
			"language": request.language,
		}
	).insert(ignore_permissions=True)
	request.referral = referral.name
	if "Referral" not in {row.service_type for row in request.services}:
		request.append("services", {"service_type": "Referral"})
	_finish(request, "Refer")
	return referral.name


def _locked(name: str) -> Document:
	"""The request, locked so that two people cannot turn it into two cases."""
	return frappe.get_doc("Help Request", name, for_update=True)


def _finish(request: Document, action: str) -> None:
	if request.workflow_state == "Open":
		workflow.act(request, action, frappe.session.user)
		return
	# It was answered already: what it became is added, its state and the count stay.
	if request.workflow_state != "Answered":
		frappe.throw(
			_("{0} is in the state {1} already.").format(request.name, _(request.workflow_state)), exc=TransitionError
		)
	request.flags.workflow_actor = frappe.session.user
	request.save(ignore_permissions=True)


def _new_client(person: dict, request: Document) -> str:
	if not (person.get("first_name") or "").strip():
		frappe.throw(_("Choose a client, or fill in a first name for a new one."), title=_("Client"))
	client = frappe.get_doc({"doctype": "Client"})
	client.update({name: person[name] for name in PERSON_FIELDS if person.get(name) not in (None, "")})
	client.preferred_language = person.get("preferred_language") or request.language or "nl"
	client.phone = client.phone or request.contact_phone
	client.email = client.email or request.contact_email
	client.area = client.area or request.area
	return client.insert(ignore_permissions=True).name
