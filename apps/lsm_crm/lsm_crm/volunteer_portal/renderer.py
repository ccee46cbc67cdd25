"""Addresses of the volunteers' pages: `/portal/…` for the account, two addresses with a secret for everyone."""

from urllib.parse import quote

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.exceptions import LinkExpiredError
from lsm_crm.public_site import languages, portal_app, response
from lsm_crm.services import calendar_feed, volunteer_account, volunteer_registration
from lsm_crm.volunteer_portal import actions, views


class PortalRenderer:
	def __init__(self, path: str | None = None, http_status_code: int | None = None):
		request = getattr(frappe.local, "request", None)
		self.parts = (request.path if request else "").strip("/").split("/")

	def can_render(self) -> bool:
		return bool(self._find())

	def render(self) -> Response:
		return self._find()()

	def _find(self):
		if "/".join(self.parts) in portal_app.ADDRESSES:
			return lambda: portal_app.answer("/".join(self.parts))
		if self.parts[0] == "portal":
			return lambda: _portal(self.parts[1:])
		if self.parts[:2] == ["volunteer", "confirm"] and len(self.parts) == 3:
			return lambda: _confirm(self.parts[2])
		if self.parts[0] == "volunteer-calendar" and len(self.parts) == 2:
			return lambda: _calendar(self.parts[1].removesuffix(".ics"))
		return None


def _portal(parts: list[str]) -> Response:
	if frappe.session.user == "Guest":
		return response.redirect(f"/login?redirect-to={quote('/portal')}")
	name = volunteer_account.of_user(frappe.session.user)
	person = frappe.get_doc("Volunteer", name) if name else None
	language = languages.get_language(person.preferred_language if person else None) or languages.negotiate()
	frappe.local.lang = language.code
	if frappe.local.request.method == "POST" and frappe.local.request.form.get("action") == "log_out":
		return actions.log_out(language)
	if not person or person.workflow_state not in ("Active", "Paused"):
		return views.page("no_volunteer", {"title": _("No page for this account")}, language, status=403)
	if frappe.local.request.method == "POST":
		return actions.receive(person, parts, language)
	return views.show(person, parts, language)


def _confirm(secret: str) -> Response:
	"""The link of the mail. Opening it changes nothing, as mail scanners open links; its button does."""
	language = languages.negotiate()
	frappe.local.lang = language.code
	state = "ask" if volunteer_registration.proof_is_open(secret) else "too_old"
	if frappe.local.request.method == "POST" and state == "ask":
		try:
			state = volunteer_registration.prove(secret)
		except LinkExpiredError:
			state = "too_old"
	return views.page(
		"confirm",
		{"title": _("Your e-mail address"), "state": state, "logged_in": False},
		language,
		status=410 if state == "too_old" else 200,
	)


def _calendar(secret: str) -> Response:
	content = calendar_feed.of_secret(secret)
	if content is None:
		return Response(_("This calendar address is no longer valid."), status=404, mimetype="text/plain")
	answer = Response(content, mimetype="text/calendar")
	response.add_headers(answer)
	answer.headers["Cache-Control"] = "private, max-age=900"
	return answer
