"""Agreements in two languages side by side, signed by drawing or by upload; a signed one becomes a screening item."""

import base64
import hashlib
import re

import frappe
from frappe import _
from frappe.utils import get_url, now_datetime, today

from lsm_crm.services import volunteer_mail
from lsm_crm.services.language import direction, in_language
from lsm_crm.services.letters import day_in_words

DUTCH = "nl"
# A drawn signature is a small PNG; anything else is not one.
LARGEST_SIGNATURE = 200_000
ORGANISATION = "Stichting Leids Steunloket Migranten"
WORD = re.compile(r"\{(name|role|date|organisation)\}")
PNG = b"\x89PNG\r\n\x1a\n"


def fill_texts(doc) -> None:
	"""Copy the texts of the template, filled in, into the agreement: later edits of the template change nothing."""
	template = frappe.get_cached_doc("Agreement Template", doc.template)
	texts = {row.language: row for row in template.texts}
	if DUTCH not in texts:
		frappe.throw(_("The template has no Dutch text."), title=_("Template"))
	# Not called `language`: the framework fills a field of that name with the language of the site.
	chosen = doc.other_language if doc.other_language != DUTCH else None
	language = chosen or frappe.db.get_value("Volunteer", doc.volunteer, "preferred_language")
	doc.other_language = language if language in texts and language != DUTCH else ("en" if "en" in texts else None)
	doc.kind, doc.template_version = template.kind, template.version
	doc.title_dutch, doc.text_dutch = texts[DUTCH].title, filled(texts[DUTCH].body, doc, DUTCH)
	if doc.other_language:
		doc.title_other, doc.text_other = (
			texts[doc.other_language].title,
			filled(texts[doc.other_language].body, doc, doc.other_language),
		)


def filled(body: str, doc, language: str) -> str:
	"""Put name, role, date and organisation into the text, as that language writes them, whoever is logged in.

	Only these words are replaced, all at once: no code runs in a template, and a name in braces stays a name.
	"""
	with in_language(language):
		values = {
			"name": frappe.db.get_value("Volunteer", doc.volunteer, "full_name") or "",
			"role": _(doc.role) if doc.role else "—",
			"date": day_in_words(doc.starts_on or today(), language),
			"organisation": ORGANISATION,
		}
	return WORD.sub(lambda match: values[match.group(1)], body)


def digest(doc) -> str:
	"""Digest of what was agreed, so that a later change of a text would show."""
	parts = (doc.title_dutch, doc.text_dutch, doc.title_other, doc.text_other)
	return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()


def send(doc) -> None:
	"""Put the agreement on the volunteer's page and say so by mail."""
	if doc.state != "Draft":
		frappe.throw(_("This agreement was sent already."), title=_("Agreement"))
	doc.state = "Sent"
	doc.save()
	volunteer_mail.send(doc.volunteer, "agreement_to_sign", link=get_url("/portal/agreements"))


def sign_by_drawing(doc, drawing: str) -> None:
	"""Sign with a drawn signature, given as a data address of a PNG."""
	if doc.state != "Sent":
		frappe.throw(_("This agreement cannot be signed now."), title=_("Signing"))
	doc.signature = checked_drawing(drawing)
	_signed(doc, "Drawn")


def sign_by_upload(doc, file_url: str) -> None:
	"""Record the uploaded paper that carries the signature."""
	if doc.state not in ("Draft", "Sent"):
		frappe.throw(_("This agreement cannot be signed now."), title=_("Signing"))
	doc.signed_file = file_url
	_signed(doc, "Uploaded")


def checked_drawing(drawing: str) -> str:
	"""Return the data address when it is a small PNG, or refuse it."""
	head, _comma, body = (drawing or "").partition(",")
	try:
		content = base64.b64decode(body, validate=True)
	except ValueError:
		content = b""
	if head != "data:image/png;base64" or not content.startswith(PNG) or len(content) > LARGEST_SIGNATURE:
		frappe.throw(_("The signature could not be read. Please draw it again."), title=_("Signing"))
	return drawing


def _signed(doc, how: str) -> None:
	doc.state, doc.signed_how, doc.signed_on = "Signed", how, now_datetime()
	doc.text_digest = digest(doc)
	doc.flags.signing = True
	try:
		doc.save(ignore_permissions=True)
	finally:
		doc.flags.signing = False
	_approve_screening(doc)


def _approve_screening(doc) -> None:
	requirement = doc.kind
	item = frappe.get_doc(
		{
			"doctype": "Screening Item",
			"volunteer": doc.volunteer,
			"requirement": requirement,
			"role": doc.role if frappe.db.get_value("Agreement Template", doc.template, "role") else None,
			"result": "Approved",
			"valid_from": doc.starts_on or today(),
			"valid_until": doc.ends_on,
			"agreement": doc.name,
		}
	)
	item.flags.by_signature = True
	item.insert(ignore_permissions=True)


def columns(doc) -> list[dict]:
	"""The texts side by side, Dutch first: [{language, direction, title, paragraphs}]."""
	texts = [(DUTCH, doc.title_dutch, doc.text_dutch)]
	if doc.text_other:
		texts.append((doc.other_language, doc.title_other, doc.text_other))
	return [
		{
			"language": code,
			"direction": direction(code),
			"title": title,
			"paragraphs": [part for part in (text or "").split("\n") if part.strip()],
		}
		for code, title, text in texts
	]
