"""The proofreaders' page: texts that nobody has read over, beside the English and the Dutch. The coordinator decides."""

import hashlib

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.constants import COORDINATOR, LANGUAGE_HELPER
from lsm_crm.public_site import languages, response
from lsm_crm.services import catalogs

PATH = "proofread"
PROOFREADER = "Proofreader"  # a Volunteer Role
TEXTS_ON_A_PAGE = 15


def answer(parts: list[str]) -> Response:
	reader = languages.negotiate()
	if frappe.session.user == "Guest":
		return response.redirect(f"/login?redirect-to=/{PATH}")
	if not may_proofread(frappe.session.user):
		raise frappe.PermissionError
	language = languages.get_language(parts[0]) if parts else None
	if not language or language.code not in catalogs.LANGUAGES:
		return response.redirect(f"/{PATH}/{reader.code if reader.code != 'en' else 'nl'}")
	frappe.local.lang = reader.code
	notice = _take(language) if frappe.local.request.method == "POST" else ""
	return _show(language, reader, notice)


def may_proofread(user: str) -> bool:
	"""Language helpers, the coordinator, and active volunteers who are accepted as proofreaders."""
	if {LANGUAGE_HELPER, COORDINATOR} & set(frappe.get_roles(user)):
		return True
	volunteer = frappe.db.get_value("Volunteer", {"user": user, "workflow_state": "Active"})
	role = {"parent": volunteer, "role": PROOFREADER, "state": "Accepted"}
	return bool(volunteer and frappe.db.exists("Volunteer Role Choice", role))


def key_of(text: str) -> str:
	return hashlib.sha256(text.encode()).hexdigest()[:16]


def _waiting(language: languages.SiteLanguage) -> list:
	"""Public texts that are unreviewed and that nobody has proposed a correction of yet; sensitive ones first."""
	done = set(frappe.get_all("Text Correction", {"language": language.code}, pluck="key"))
	found = [
		message
		for message in catalogs.read(language.code)
		if message.id
		and message.string
		and catalogs.UNREVIEWED in message.user_comments
		and "public" in message.auto_comments
		and key_of(message.id) not in done
	]
	return sorted(found, key=lambda message: "sensitive" not in message.auto_comments)


def _take(language: languages.SiteLanguage) -> str:
	posted, saved = frappe.local.request.form, 0
	for message in _waiting(language):
		key = key_of(message.id)
		text = " ".join((posted.get(f"text-{key}") or "").split())
		if text and (text != message.string or posted.get(f"right-{key}")):
			saved += _propose(language, message, text)
	frappe.clear_messages()
	return _("{0} texts were sent to the coordinator.").format(saved)


def _propose(language: languages.SiteLanguage, message, text: str) -> int:
	correction = frappe.new_doc("Text Correction")
	correction.update({"language": language.code, "original": message.id, "current": message.string})
	correction.update({"dutch": _(message.id, lang="nl"), "proposal": text[:2000], "key": key_of(message.id)})
	try:
		correction.insert(ignore_permissions=True)
	except frappe.ValidationError:  # other placeholders: the text stays on the page as it was
		return 0
	return 1


def _show(language: languages.SiteLanguage, reader: languages.SiteLanguage, notice: str) -> Response:
	waiting = _waiting(language)
	texts = [
		{"key": key_of(m.id), "english": m.id, "dutch": _(m.id, lang="nl"), "text": m.string}
		for m in waiting[:TEXTS_ON_A_PAGE]
	]
	context = {"path": "", "indexable": False, "texts": texts, "left": len(waiting), "target": language}
	context |= {"notice": notice, "csrf_token": frappe.session.data.csrf_token or ""}
	context["choices"] = [item for item in languages.LANGUAGES if item.code in catalogs.LANGUAGES]
	return response.page("proofread.html", context, reader)
