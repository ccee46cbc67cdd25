"""What the prints of casework show. The templates are in templates/print; a client's paper is in the client's language."""

from functools import cache

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate

from lsm_crm.services import case_timeline, consents
from lsm_crm.services.language import direction, in_language, left_to_right
from lsm_crm.services.letters import day_in_words
from lsm_crm.setup.data import read

DUTCH = "nl"
SHARED_WORDS = {"name": "name", "phone": "contact", "email": "contact", "topic": "topic", "message": "story"}
SHARED = (("share_name", "name"), ("share_contact", "contact"), ("share_topic", "topic"), ("share_story", "story"))


@cache
def words(language: str) -> dict[str, str]:
	"""Words of a client's paper in that language, Dutch where there are none."""
	languages = read("client_papers")["languages"]
	return languages.get(language, languages["nl"])["words"]


def consent_sheet(consent: Document) -> dict:
	"""The sheet that a client signs: text, what may be shared with whom, until when, place for the signature."""
	language = consent.language or "nl"
	return {
		**_paper(language),
		"heading": words(language)["title"],
		"text": frappe.db.get_value("Consent Text", consent.consent_text, "text"),
		"version": consent.text_version,
		"number": consent.name,
		"client_name": frappe.db.get_value("Client", consent.client, "full_name"),
		"partner": consent.partner,
		"choices": [(words(language)[word], bool(consent.get(field))) for field, word in SHARED],
		"is_for_partner": consent.purpose == consents.PARTNER_PURPOSE,
		"until": day_in_words(consent.valid_until, language) if consent.valid_until else "",
		"date": day_in_words(consent.given_on, language),
		"by_guardian": bool(consent.given_by_guardian),
	}


def referral_letter(referral: Document) -> dict:
	"""The letter that a client takes along, with the Dutch beside it for who reads it there: only what the consent allows today."""
	language = referral.language or DUTCH
	if referral.client:
		language = frappe.db.get_value("Client", referral.client, "preferred_language") or language
	sentence = "referred" if referral.client else "nameless"
	return {
		**_paper(language),
		"dutch": words(DUTCH) if language != DUTCH else None,
		"sentence_key": sentence,
		"number": referral.name,
		"partner": referral.partner,
		"rows": _shared_rows(referral, language),
		"date": day_in_words(referral.referred_on, language),
	}


def _shared_rows(referral: Document, language: str) -> list[dict]:
	"""[{"word", "value", "dutch"}] of what may be shared; `dutch` only where the value itself has another word in Dutch."""
	with in_language(language):
		shared = consents.partner_view(referral)
	dutch_topic = _(referral.topic, lang=DUTCH) if referral.topic else ""
	rows = []
	for key, word in SHARED_WORDS.items():
		if key not in shared:
			continue
		value = left_to_right(shared[key]) if word == "contact" else shared[key]
		rows.append(
			{"word": word, "value": value, "dutch": dutch_topic if key == "topic" and dutch_topic != value else ""}
		)
	return rows


def client_letter(letter: Document) -> dict:
	"""A letter as it was written."""
	return {
		**_paper(letter.language),
		"heading": letter.subject,
		"paragraphs": [part for part in (letter.body or "").split("\n\n") if part.strip()],
		"number": letter.name,
		"date": day_in_words(letter.letter_date, letter.language),
	}


def case_file(case: Document) -> dict:
	"""The whole case for staff: what the reader may see of it, notes in full."""
	notes = []
	if frappe.has_permission("Case Note", "read"):
		names = frappe.get_list("Case Note", filters={"case": case.name}, pluck="name", order_by="noted_on", limit=500)
		notes = [frappe.get_doc("Case Note", name) for name in names]
	language = frappe.local.lang or "nl"
	return {
		**_paper(language),
		"heading": f"{case.name}: {case.subject}",
		"facts": [
			(_("Client"), f"{frappe.db.get_value('Client', case.client, 'full_name')} ({case.client})"),
			(_("Case type"), _(case.case_type)),
			(_("State"), _(case.workflow_state)),
			(_("Worker"), case.worker or ""),
			(_("Deputy"), case.deputy or ""),
			(_("Opened on"), formatdate(case.opened_on)),
			(_("Outcome"), _(case.outcome) if case.outcome else ""),
		],
		"steps": [
			(_(step.title), bool(step.done), formatdate(step.due_on) if step.due_on else "") for step in case.steps
		],
		"parties": [(_(row.relation), row.party_name or row.client or row.volunteer or "") for row in case.parties],
		"notes": [(formatdate(note.noted_on), note.author, note.text) for note in notes],
		"timeline": [(formatdate(row["when"]), _(row["doctype"]), row["text"]) for row in case_timeline.of_case(case)],
		"titles": {
			"steps": _("Steps"),
			"parties": _("Parties"),
			"notes": _("Notes"),
			"timeline": _("Timeline"),
		},
	}


def _paper(language: str) -> dict:
	settings = frappe.get_cached_doc("LSM Settings")
	return {
		"language": language,
		"direction": direction(language),
		"words": words(language),
		"organisation": settings.organisation_name,
		"phone": settings.phone,
		"email": settings.email,
	}
