"""Decides which addresses are these pages'. Runs before the framework's own page renderers."""

from collections.abc import Callable

import frappe
from frappe import _
from werkzeug.wrappers import Response

from lsm_crm.activity_pages import door, kitchen, links, my_round
from lsm_crm.public_site import languages, response
from lsm_crm.services import menu
from lsm_crm.services.language import called

# first part of the address -> (page, least and most further parts)
PAGES: dict[str, tuple[Callable, int, int]] = {
	"link": (links.page, 2, 2),
	"my-round": (my_round.page, 0, 1),
	"door": (door.page, 2, 2),
	"kitchen": (kitchen.page, 0, 2),
}


class ActivityPages:
	"""`/link/…`, `/my-round`, `/door/…`, `/kitchen/…`."""

	def __init__(self, path: str | None = None, http_status_code: int | None = None):
		request = getattr(frappe.local, "request", None)
		self.parts = (request.path if request else f"/{path or ''}").strip("/").split("/")

	def can_render(self) -> bool:
		found = PAGES.get(self.parts[0])
		return bool(found and getattr(frappe.local, "request", None) and found[1] <= len(self.parts) - 1 <= found[2])

	def render(self) -> Response:
		language = _language()
		frappe.local.lang = language.code
		try:
			template, context = PAGES[self.parts[0]][0](*self.parts[1:])
		except frappe.PermissionError:
			frappe.db.rollback()
			return _refusal(language)
		except (frappe.ValidationError, frappe.DoesNotExistError) as error:
			frappe.db.rollback()
			frappe.clear_messages()
			return _message(language, frappe.utils.strip_html(str(error)) or _("This page is not there."))
		if template is None:
			return response.redirect(context, status=303)
		return show(template, context, language)


def show(template: str, context: dict, language: languages.SiteLanguage, status: int = 200) -> Response:
	"""A page with what every one of these needs: no search engine, and the token that the framework asks of a form."""
	token = "" if frappe.session.user == "Guest" else frappe.sessions.get_csrf_token()
	context = {
		"path": "",
		"indexable": False,
		"address_in": languages.same_page_in,
		"csrf_token": token,
		"hm": _hours_minutes,
		"words": menu.allergens_in_words,
		"called": called,
		"plain": _plain,
		**context,
	}
	return response.page(template, context, language, status=status)


def _language() -> languages.SiteLanguage:
	if frappe.session.user != "Guest":
		own = languages.get_language(frappe.db.get_value("User", frappe.session.user, "language"))
		if own:
			return own
	return languages.negotiate()


def _refusal(language: languages.SiteLanguage) -> Response:
	if frappe.session.user == "Guest":
		return response.redirect(f"/login?redirect-to={frappe.utils.quote(frappe.local.request.path)}")
	return _message(language, _("This page is not yours."), status=403)


def _message(language: languages.SiteLanguage, sentence: str, status: int = 400) -> Response:
	return show("work/message.html", {"sentence": sentence}, language, status=status)


def _hours_minutes(moment) -> str:
	return frappe.utils.get_time(str(moment)).strftime("%H:%M")


def _plain(quantity: float) -> str:
	"""To one decimal, and none where it says nothing; with a comma for Dutch readers."""
	text = f"{quantity:.1f}".removesuffix(".0")
	return text.replace(".", ",") if frappe.local.lang == "nl" else text
