"""The link that proves a volunteer's address: looking at it changes nothing, since mail programs look too; the button does."""

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.exceptions import LinkExpiredError
from lsm_crm.public_forms import limits
from lsm_crm.public_site import languages, response
from lsm_crm.services import volunteer_registration

PREFIX = ["volunteer", "confirm"]


def answer(secret: str) -> Response:
	language = languages.negotiate()
	frappe.local.lang = language.code
	if frappe.local.request.method == "POST":
		return _show(language, _prove(secret))
	return _show(language, "open" if volunteer_registration.proof_is_open(secret) else "expired")


def _prove(secret: str) -> str:
	if limits.minutes_to_wait("confirm"):
		return "open"
	try:
		return volunteer_registration.prove(secret)
	except LinkExpiredError:
		return "expired"
	finally:
		frappe.clear_messages()


def _show(language: languages.SiteLanguage, state: str) -> Response:
	titles = {
		"open": _("Is this your e-mail address?"),
		"proven": _("Your e-mail address is confirmed"),
		"updated": _("Your details are updated"),
		"expired": _("This link does not work any more"),
	}
	context = {"path": "", "indexable": False, "state": state, "heading": titles[state]}
	page = response.page("confirm.html", context, language, status=404 if state == "expired" else 200)
	page.headers["Cache-Control"] = "no-store"
	page.headers["Referrer-Policy"] = "no-referrer"
	return page
