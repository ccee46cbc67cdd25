"""The page where a partner answers a referral. Looking at it changes nothing, since mail programs look too; the button does."""

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.exceptions import LinkExpiredError
from lsm_crm.public_forms import limits
from lsm_crm.public_site import languages, response
from lsm_crm.services import consents, read_log, referral_links

PREFIX = ["partner", "referral"]


def answer(secret: str) -> Response:
	language = languages.negotiate()
	frappe.local.lang = language.code
	try:
		referral = referral_links.find(secret)
		problem = _receive(secret) if frappe.local.request.method == "POST" else ""
		if frappe.local.request.method == "POST":
			referral.reload()
	except LinkExpiredError:
		return _show(language, None, "", 404)
	finally:
		frappe.clear_messages()
	return _show(language, referral, problem, 422 if problem else 200)


def _receive(secret: str) -> str:
	"""Act on the button that was pressed; return what was wrong with it, if anything."""
	if limits.minutes_to_wait("partner_referral"):
		return _("Too many answers came in at once. Try again in a few minutes.")
	form = frappe.local.form_dict
	values = {name: str(form.get(name) or "") for name in ("answered_by", "note", "refusal_reason", "result")}
	try:
		referral_links.answer(secret, str(form.get("answer") or ""), values)
	except LinkExpiredError:
		raise
	except frappe.ValidationError as error:
		frappe.db.rollback()
		return str(error)
	frappe.db.commit()
	return ""


def _show(language: languages.SiteLanguage, referral, problem: str, status: int) -> Response:
	shared = consents.partner_view(referral) if referral else {}
	if referral and referral.client and shared:
		read_log.record("partner's link", "Referral", [referral.name])
		frappe.db.commit()
	context = {
		"path": "",
		"indexable": False,
		"address_in": languages.same_page_in,
		"referral": referral,
		"shared": shared,
		"state": _state(referral),
		"problem": problem,
		"labels": {
			"name": _("Name"),
			"phone": _("Telephone"),
			"email": _("E-mail"),
			"topic": _("Topic"),
			"message": _("Description"),
		},
		"reasons": _options("refusal_reason"),
		"results": _options("result"),
	}
	page = response.page("partner_referral.html", context, language, status=status)
	page.headers["Cache-Control"] = "no-store"
	page.headers["Referrer-Policy"] = "no-referrer"
	return page


def _state(referral) -> str:
	if not referral:
		return "expired"
	return {"Offered": "offered", "Accepted": "accepted", "In Progress": "accepted"}.get(
		referral.workflow_state, "done"
	)


def _options(fieldname: str) -> list[tuple[str, str]]:
	options = frappe.get_meta("Referral").get_field(fieldname).options.split("\n")
	return [(option, _(option)) for option in options if option]
