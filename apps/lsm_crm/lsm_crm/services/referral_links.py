"""The mail to a partner, and the link in it by which the partner answers without an account.

The mail itself says nothing about the person: it holds a link, and the page behind it shows what the consent allows at
that moment. The link is random, stored as a hash only, ends on a day, and acts by POST alone.
"""

import hashlib
import secrets
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, get_url, getdate, now_datetime

from lsm_crm.exceptions import LinkExpiredError, TransitionError
from lsm_crm.services import consents, notices, workflow

ADDRESS = "/partner/referral"
ANSWERS = ("accept", "refuse", "result")
OPEN_STATES = ("Offered", "Accepted", "In Progress")


def send(referral: Document) -> bool:
	"""Make a new link, which ends the former one, and mail it to the partner. Returns False where mail cannot go."""
	partner = frappe.get_doc("Partner Organisation", referral.partner)
	if referral.workflow_state not in OPEN_STATES:
		frappe.throw(_("This referral is finished."), exc=TransitionError)
	if not (partner.accepts_referrals and partner.email):
		frappe.throw(_("{0} takes no referrals by e-mail.").format(partner.name), title=_("Referral"))
	if referral.client:
		consents.require_valid_now(referral)
	secret = new_link(referral)

	def text() -> tuple[str, list[str]]:
		return (
			_("A referral from Leids Steunloket Migranten: {0}").format(referral.name),
			[
				_("We would like to refer someone to {0}.").format(partner.name),
				_(
					"Open the link to read more, and to accept or refuse. It is for you alone and works until {0}."
				).format(frappe.utils.formatdate(referral.link_expires_on)),
			],
		)

	return notices.tell(partner.email, "nl", text, referral, (_("Open the referral"), get_url(f"{ADDRESS}/{secret}")))


def new_link(referral: Document) -> str:
	"""Store the hash of a fresh secret with its last moment; return the secret."""
	secret = secrets.token_urlsafe(32)
	days = frappe.db.get_single_value("LSM Settings", "referral_link_days") or 14
	referral.db_set(
		{
			"link_hash": _hash(secret),
			"link_expires_on": add_days(now_datetime(), days),
			"sent_on": now_datetime(),
		}
	)
	return secret


def find(secret: str) -> Document:
	"""The referral of a link that is still good; throw LinkExpiredError for any other."""
	name = frappe.db.get_value("Referral", {"link_hash": _hash(secret)}, "name") if 20 < len(secret) < 100 else None
	referral = frappe.get_doc("Referral", name) if name else None
	if not referral or not referral.link_expires_on or get_datetime(referral.link_expires_on) < now_datetime():
		frappe.throw(
			_("This link is no longer valid. Call us or write to us, and we send a new one."),
			title=_("Link no longer valid"),
			exc=LinkExpiredError,
		)
	return referral


def answer(secret: str, what: str, values: dict) -> Document:
	"""Do what the partner pressed: accept, refuse with a reason, or report the result."""
	referral = frappe.get_doc("Referral", find(secret).name, for_update=True)
	actor = _("partner {0}").format(referral.partner)
	referral.answered_by = (values.get("answered_by") or "").strip()[:140] or None
	note = (values.get("note") or "").strip()[:2000]
	if note:
		referral.answer_note = f"{referral.answer_note}\n\n{note}" if referral.answer_note else note
	if what == "accept" and referral.workflow_state == "Offered":
		return workflow.act(referral, "Accept", actor)
	if what == "refuse" and referral.workflow_state == "Offered":
		referral.refusal_reason = values.get("refusal_reason")
		return workflow.act(referral, "Refuse", actor)
	if what == "result" and referral.workflow_state in ("Accepted", "In Progress"):
		referral.result = values.get("result")
		return workflow.act(referral, "Finish", actor)
	frappe.throw(_("This was answered already."), title=_("Answered"), exc=TransitionError)


def remind_silent_partners(day: date) -> int:
	"""Mail again where an offer had no answer for some days; return how many."""
	wait = frappe.db.get_single_value("LSM Settings", "referral_reminder_days") or 5
	most = frappe.db.get_single_value("LSM Settings", "referral_max_reminders")
	table = frappe.qb.DocType("Referral")
	names = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.workflow_state == "Offered") & (table.sent_on < add_days(day, 1 - wait)))
		.where((table.reminders < (2 if most is None else most)) | table.reminders.isnull())
		.where(table.reminded_on.isnull() | (table.reminded_on <= add_days(day, -wait)))
		.run(pluck=True)
	)
	for name in names:
		referral = frappe.get_doc("Referral", name)
		if referral.client and not consents.covers_now(referral):
			continue
		send(referral)
		referral.db_set({"reminders": (referral.reminders or 0) + 1, "reminded_on": getdate(day)})
	return len(names)


def _hash(secret: str) -> str:
	return hashlib.sha256(secret.encode()).hexdigest()
