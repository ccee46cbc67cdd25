"""Decides which addresses are the public side's. Runs before the framework's own page renderers."""

import frappe
from werkzeug.wrappers import Response

from lsm_crm.public_forms import definition
from lsm_crm.public_forms import page as form_page
from lsm_crm.public_site import appointments, languages, pages, partner_referral, proofreading, response


class PublicRenderer:
	"""`/` sends to the reader's language; `/<language>/…` are pages and forms; `/<form>` is sent on."""

	def __init__(self, path: str | None = None, http_status_code: int | None = None):
		self.address = frappe.local.request.path if getattr(frappe.local, "request", None) else f"/{path or ''}"
		self.answer = None

	def can_render(self) -> bool:
		if not getattr(frappe.local, "request", None):
			return False
		self.answer = self._find()
		return self.answer is not None

	def render(self) -> Response:
		return self.answer()

	def _find(self):
		parts = self.address.strip("/").split("/")
		if parts == [""]:
			return _home
		if self.address.strip("/") in pages.FILES:
			return pages.FILES[self.address.strip("/")]
		if parts[0] == proofreading.PATH and len(parts) <= 2:
			return lambda: proofreading.answer(parts[1:])
		language = languages.get_language(parts[0])
		if language:
			return self._in_language(language, parts[1:])
		if parts[0] == appointments.PREFIX and len(parts) == 2:
			return lambda: appointments.answer(parts[1])
		if parts[:2] == partner_referral.PREFIX and len(parts) == 3:
			return lambda: partner_referral.answer(parts[2])
		return self._old_form_address(parts)

	def _in_language(self, language: languages.SiteLanguage, parts: list[str]):
		if parts[:1] == ["form"] and len(parts) == 2:
			form = definition.find(parts[1])
			if form:
				return lambda: _form(form, language)
		found = pages.find(parts)
		if found:
			return lambda: found(language)
		return lambda: pages.not_found(language)

	def _old_form_address(self, parts: list[str]):
		"""The framework's own address of a form, with or without its `/new`."""
		if parts[0] in definition.published_routes() and parts[1:] in ([], ["new"]):
			return lambda: response.redirect(f"/{languages.negotiate().code}/form/{parts[0]}")
		return None


def _home() -> Response:
	if (
		frappe.session.user != "Guest"
		and frappe.db.get_value("User", frappe.session.user, "user_type") == "System User"
	):
		return response.redirect("/app")
	return response.redirect(f"/{languages.negotiate().code}/")


def _form(form: definition.Form, language: languages.SiteLanguage) -> Response:
	if frappe.local.request.method == "POST":
		return form_page.receive(form, language)
	return form_page.show(form, language)
