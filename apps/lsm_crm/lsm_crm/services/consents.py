"""Consents of clients: which is valid for what, and what a partner may learn."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from lsm_crm.exceptions import ConsentMissingError

PARTNER_PURPOSE = "Share with a partner"


def status_on(consent: Document, day: str | None = None) -> str:
	"""Valid, Expired or Withdrawn on that day."""
	today = getdate(day or nowdate())
	if consent.withdrawn_on and getdate(consent.withdrawn_on) <= today:
		return "Withdrawn"
	if consent.valid_until and getdate(consent.valid_until) < today:
		return "Expired"
	return "Valid"


def require_for_partner(referral: Document) -> Document:
	"""Return the consent that covers the referral; throw ConsentMissingError that says what is wrong with it."""
	if not referral.consent:
		_refuse(_("{0} has not agreed to this. Record the client's consent first, then choose it here."), referral)
	consent = frappe.get_cached_doc("Client Consent", referral.consent)
	if consent.client != referral.client:
		_refuse(_("The consent {1} is not of {0}."), referral)
	if consent.purpose != PARTNER_PURPOSE:
		_refuse(_("The consent {1} is for something else than sharing with a partner."), referral)
	if consent.partner and consent.partner != referral.partner:
		_refuse(_("The consent {1} is for another partner."), referral)
	is_open = referral.workflow_state in ("Offered", "Accepted", "In Progress")
	if is_open and status_on(consent) != "Valid" and not referral.get_doc_before_save():
		_refuse(_("The consent {1} has expired or was withdrawn."), referral)
	if referral.message and not consent.share_story:
		_refuse(
			_("The consent {1} does not cover a description. Take the description out, or ask the client again."),
			referral,
		)
	return consent


def covers_now(referral: Document) -> bool:
	"""Whether the referral's consent is valid today."""
	return bool(referral.consent) and status_on(frappe.get_doc("Client Consent", referral.consent)) == "Valid"


def require_valid_now(referral: Document) -> None:
	"""Throw when the consent ran out or was withdrawn since the referral was made."""
	if not covers_now(referral):
		_refuse(_("The consent {1} has expired or was withdrawn."), referral)


def _refuse(sentence: str, referral: Document) -> None:
	frappe.throw(sentence.format(referral.client, referral.consent), title=_("Consent"), exc=ConsentMissingError)


def partner_view(referral: Document) -> dict[str, str]:
	"""What the partner reads about the person: only what the consent allows, read anew each time."""
	shared: dict[str, str] = {}
	if referral.topic:
		topic = _(referral.topic)
	if not referral.client:
		return {"topic": topic} if referral.topic else {}
	consent = frappe.get_doc("Client Consent", referral.consent)
	if status_on(consent) != "Valid":
		return {}
	client = frappe.get_doc("Client", referral.client)
	if consent.share_name:
		shared["name"] = client.full_name
	if consent.share_contact:
		shared["phone"] = client.phone if client.safe_to_call else ""
		shared["email"] = client.email if client.safe_to_mail else ""
	if consent.share_topic and referral.topic:
		shared["topic"] = topic
	if consent.share_story and referral.message:
		shared["message"] = referral.message
	return {key: value for key, value in shared.items() if value}


def expire() -> None:
	"""Mark consents that ran out; the scheduler calls it each night."""
	consent = frappe.qb.DocType("Client Consent")
	(
		frappe.qb.update(consent)
		.set(consent.status, "Expired")
		.where((consent.status == "Valid") & (consent.valid_until < nowdate()))
		.run()
	)
