"""Answers of the public side: own Jinja environment (escaping on, nothing undefined) and strict headers."""

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

import frappe
from babel.core import UnknownLocaleError
from babel.dates import format_date
from frappe import _
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.wrappers import Response

from lsm_crm.public_site import foundation, languages, reviewed

APP_FOLDER = Path(__file__).resolve().parents[1]

# No inline script or style, nothing from another server, no framing. `data:` is the page's own icon.
CONTENT_SECURITY_POLICY = (
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DATE_LOCALES = {"zh": "zh_Hans"}
HEADERS = {
	"Content-Security-Policy": CONTENT_SECURITY_POLICY,
	"Referrer-Policy": "same-origin",
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "DENY",
	"Permissions-Policy": "geolocation=(), microphone=(), camera=(self), interest-cohort=()",
	"Cross-Origin-Opener-Policy": "same-origin",
}


def page(template: str, context: dict, language: languages.SiteLanguage, status: int = 200) -> Response:
	"""One page in one language. `context["path"]` is the address below the language's own."""
	frappe.local.lang = language.code
	html = environment().get_template(template).render({**base_context(context, language), **context})
	response = Response(html, status=status, mimetype="text/html")
	add_headers(response)
	response.headers["Content-Language"] = language.code
	response.headers["Cache-Control"] = "private, no-cache"
	languages.remember(response, language)
	return response


def add_headers(response: Response) -> None:
	for name, value in HEADERS.items():
		response.headers[name] = value


def redirect(address: str, status: int = 302) -> Response:
	"""To an address of this site only: the caller gives a path."""
	response = Response("", status=status, headers={"Location": address})
	add_headers(response)
	response.headers["Vary"] = "Cookie, Accept-Language"
	return response


def base_context(context: dict, language: languages.SiteLanguage) -> dict:
	path = context.get("path", "")
	return {
		"language": language,
		"languages": languages.LANGUAGES,
		"site_url": site_url(),
		"path": path,
		"address_in": lambda code: f"/{code}/{path}" if path else f"/{code}/",
		"indexable": context.get("indexable", True),
		"user": frappe.session.user,
		"form_page": False,
	}


def site_url() -> str:
	return frappe.utils.get_url().rstrip("/")


@lru_cache(maxsize=1)
def environment() -> Environment:
	env = Environment(
		loader=FileSystemLoader(str(APP_FOLDER / "templates" / "public")),
		autoescape=True,
		undefined=StrictUndefined,
		trim_blocks=True,
		lstrip_blocks=True,
	)
	env.globals["_"] = translate
	env.globals["asset"] = asset
	env.globals["with_dutch"] = reviewed.with_dutch
	env.globals["ltr"] = ltr
	env.globals["reach"] = foundation.reach
	env.globals["readable_date"] = readable_date
	return env


def translate(message: str, *values) -> str:
	"""`_("Step {0} of {1}", 1, 4)`: translated first, filled in afterwards."""
	text = _(message)
	return text.format(*values) if values else text


def readable_date(day: date, language: languages.SiteLanguage) -> str:
	"""Weekday, day and month as the language writes them."""
	try:
		return format_date(day, "EEEE d MMMM", locale=DATE_LOCALES.get(language.code, language.code))
	except UnknownLocaleError:
		return format_date(day, "d-M-yyyy", locale="nl")


def ltr(text: str) -> Markup:
	"""Numbers, telephone numbers and addresses keep their order inside right-to-left text."""
	return Markup('<bdi dir="ltr">{}</bdi>').format(text)


@lru_cache(maxsize=64)
def asset(path: str) -> str:
	"""Address of a file below `public/`, with a mark of its content so that browsers may keep it."""
	digest = hashlib.sha256((APP_FOLDER / "public" / path).read_bytes()).hexdigest()[:10]
	return f"/assets/lsm_crm/{path}?v={digest}"
