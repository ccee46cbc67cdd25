"""The pages below each language, and the few files at the root."""

from collections.abc import Callable

import frappe
from werkzeug.wrappers import Response

from lsm_crm.public_forms import definition
from lsm_crm.public_site import agenda, response, vacancies, walk_in_hours
from lsm_crm.public_site.languages import LANGUAGES, SiteLanguage

PAGES = ("", "activities", "agenda", "vacancies", "contact", "privacy", "accessibility")


def find(parts: list[str]) -> Callable[[SiteLanguage], Response] | None:
	"""The page at this address below a language."""
	path = "/".join(parts)
	builder = BUILDERS.get(path)
	if builder:
		return lambda language: response.page(f"{path or 'home'}.html", {"path": path, **builder(language)}, language)
	if len(parts) == 2 and parts[0] == "vacancies":
		vacancy = vacancies.get(parts[1])
		if vacancy:
			return lambda language: response.page(
				"vacancy.html", {"path": path, "vacancy": vacancies.in_language(vacancy, language)}, language
			)
	return None


def not_found(language: SiteLanguage) -> Response:
	return response.page("not_found.html", {"path": "", "indexable": False}, language, status=404)


def _home(language: SiteLanguage) -> dict:
	frappe.local.lang = language.code
	return {
		"forms": _form_addresses(language),
		"coming": agenda.coming(limit=3),
		"structured": agenda.organisation_json(language),
	}


def _form_addresses(language: SiteLanguage) -> dict[str, str]:
	"""Role of a form on the pages to its address, for forms that are published."""
	routes = definition.published_routes()
	return {route: f"/{language.code}/form/{route}" for route in routes}


def _with_forms(language: SiteLanguage) -> dict:
	return {"forms": _form_addresses(language)}


def _contact(language: SiteLanguage) -> dict:
	return {"forms": _form_addresses(language), "walk_in": walk_in_hours.all_hours()}


def _agenda(language: SiteLanguage) -> dict:
	frappe.local.lang = language.code
	days = agenda.by_day()
	return {"days": days, "forms": _form_addresses(language), "structured": agenda.events_json(days, language)}


def _vacancies(language: SiteLanguage) -> dict:
	frappe.local.lang = language.code
	found = [vacancies.in_language(vacancy, language) for vacancy in vacancies.open_ones()]
	return {"vacancies": found, "forms": _form_addresses(language)}


BUILDERS: dict[str, Callable[[SiteLanguage], dict]] = {
	"": _home,
	"activities": _with_forms,
	"agenda": _agenda,
	"vacancies": _vacancies,
	"contact": _contact,
	"privacy": lambda language: {},
	"accessibility": lambda language: {},
}


def _robots() -> Response:
	text = f"User-agent: *\nDisallow: /app\nDisallow: /api\nSitemap: {response.site_url()}/sitemap.xml\n"
	return _file(text, "text/plain")


def _sitemap() -> Response:
	paths = [*PAGES]
	paths += [f"form/{route}" for route in sorted(definition.published_routes())]
	paths += [f"vacancies/{vacancy.name}" for vacancy in vacancies.open_ones()]
	context = {"paths": paths, "languages": LANGUAGES, "site_url": response.site_url()}
	text = response.environment().get_template("sitemap.xml").render(context)
	return _file(text, "application/xml")


def _calendar() -> Response:
	return _file(agenda.as_ical(), "text/calendar")


def _file(text: str, mimetype: str) -> Response:
	answer = Response(text, mimetype=mimetype)
	response.add_headers(answer)
	answer.headers["Cache-Control"] = "public, max-age=600"
	return answer


FILES: dict[str, Callable[[], Response]] = {
	"robots.txt": _robots,
	"sitemap.xml": _sitemap,
	"agenda.ics": _calendar,
}
