"""The pages of the portal. Each is one template; the menu and the notice above are the same on all."""

import frappe
from babel.dates import format_datetime, format_time
from babel.numbers import format_decimal
from frappe import _
from frappe.utils import flt, getdate, today
from werkzeug.wrappers import Response

from lsm_crm.constants import LANGUAGES
from lsm_crm.public_site import proofreading, response
from lsm_crm.public_site.languages import SiteLanguage
from lsm_crm.services import agreements, certificate, hours
from lsm_crm.services.recurrence import WEEKDAYS
from lsm_crm.services.roster import DAY_PARTS
from lsm_crm.volunteer_portal import data

_lt = str  # marks a text for the translation files; it is translated when the page is made

MENU = (
	("", _lt("My shifts")),
	("shifts", _lt("Take a shift")),
	("hours", _lt("Hours and costs")),
	("messages", _lt("Messages")),
	("agreements", _lt("Agreements")),
	("me", _lt("My data")),
)
# What an action that succeeded says on the next page; the address carries only the key.
DONE = {
	"taken": _lt("You have a place in this shift. See you there!"),
	"reserve": _lt("You are on the reserve list."),
	"given_back": _lt("You gave the place back."),
	"offered": _lt("The others can now take this place over. Until then it stays yours."),
	"kept": _lt("The place is yours again."),
	"hours": _lt("Your hours were sent. The coordinator approves them."),
	"expense": _lt("Your costs were sent. The coordinator approves them."),
	"saved": _lt("Your data were saved."),
	"signed": _lt("Thank you, the agreement is signed."),
	"message": _lt("Your message was sent."),
}
DATE_LOCALES = {"zh": "zh_Hans", "ti": "ti_ET"}
LANGUAGE_SKILLS = ("speaking", "reading", "writing", "interpreting")


class Typed(dict):
	"""What was typed into a form that is shown once more; empty for what was not there."""

	def __missing__(self, key):
		return ""


def page(name: str, context: dict, language: SiteLanguage, status: int = 200) -> Response:
	"""One page of the portal in one language. Never kept by a cache: the next reader may be someone else."""
	known = {
		"path": "",
		"indexable": False,
		"menu": MENU,
		"current": name,
		"unread": 0,
		"notice": "",
		"error": "",
		"logged_in": True,
		"typed": Typed(),
		"csrf_token": frappe.sessions.get_csrf_token() if frappe.session.user != "Guest" else "",
		"when": lambda shift: when(shift, language.code),
		"day": lambda value: day(value, language) if value else "",
		"number": lambda value: format_decimal(flt(value, 2), locale=language.code, numbering_system="latn"),
		"money": lambda value: (
			"€ " + format_decimal(flt(value, 2), "#,##0.00", locale=language.code, numbering_system="latn")
		),
	}
	answer = response.page(f"portal/{name}.html", {**known, **context}, language, status)
	answer.headers["Cache-Control"] = "no-store"
	return answer


def day(value, language: SiteLanguage) -> str:
	"""The day as the language writes it; with the year when it is another one."""
	date = getdate(value)
	text = response.readable_date(date, language)
	return text if date.year == getdate().year else f"{text} {date.year}"


def show(person, parts: list[str], language: SiteLanguage, error: str = "", typed=None, status: int = 200) -> Response:
	"""The page at this address; with an error, the same page once more with what was typed."""
	key = parts[0] if parts else ""
	builder = BUILDERS.get(key)
	context = builder(person, parts[1:]) if builder else None
	if context is None:
		return page("not_found", {"title": _("There is no such page")}, language, status=404)
	if isinstance(context, Response):
		return context
	shared = {
		"person": person,
		"unread": data.unread(person.name),
		"notice": _(DONE[frappe.form_dict.done]) if frappe.form_dict.get("done") in DONE else "",
		"error": error,
		"typed": Typed(typed.to_dict() if typed else {}),
	}
	return page(key or "home", {**shared, **context}, language, status)


def when(shift, code: str) -> str:
	"""Day and times as the language writes them."""
	locale = DATE_LOCALES.get(code, code)
	begins = format_datetime(shift["starts_at"], "EEEE d MMMM, HH:mm", locale=locale)
	return f"{begins}–{format_time(shift['ends_at'], 'HH:mm', locale=locale)}"


def _home(person, rest):
	if rest:
		return None
	proofreads = proofreading.may_proofread(frappe.session.user)
	return {"title": _("My shifts"), "places": data.my_places(person.name), "proofreads": proofreads}


def _shifts(person, rest):
	return {
		"title": _("Take a shift"),
		"shifts": data.open_shifts(person),
		"offered": data.offered_places(person),
		"mine": data.my_places(person.name, states=("Taken", "Offered")),
	}


def _hours(person, rest):
	year = getdate().year
	return {
		"title": _("Hours and costs"),
		"entries": data.hours(person.name),
		"expenses": data.expenses(person.name),
		"roles": [row.role for row in person.roles if row.state == "Accepted"],
		"total_year": hours.approved_total(person.name, f"{year}-01-01", f"{year}-12-31"),
		"today": today(),
		"has_account": bool(frappe.db.exists("Volunteer Bank Account", {"volunteer": person.name})),
	}


def _messages(person, rest):
	return {"title": _("Messages"), "messages": data.messages(person.name)}


def _agreements(person, rest):
	if not rest:
		return {"title": _("Agreements"), "agreements": data.agreements(person.name), "agreement": None}
	name = frappe.db.get_value(
		"Volunteer Agreement", {"name": rest[0], "volunteer": person.name, "state": ("!=", "Draft")}
	)
	if not name:
		return None
	doc = frappe.get_doc("Volunteer Agreement", name)
	return {"title": _("Agreements"), "agreements": [], "agreement": doc, "columns": agreements.columns(doc)}


def _me(person, rest):
	return {
		"title": _("My data"),
		"weekdays": WEEKDAYS,
		"day_parts": DAY_PARTS,
		"available": {(row.weekday, row.day_part) for row in person.availability},
		"areas": frappe.get_all("Area", {"is_group": 0}, pluck="name", order_by="name"),
		"my_areas": {row.area for row in person.areas},
		"site_languages": LANGUAGES,
		"language_names": dict(frappe.get_all("Language", {"enabled": 1}, ["name", "language_name"], as_list=True)),
		"levels": frappe.get_meta("Volunteer Language").get_field("speaking").options.split("\n"),
		"skills": LANGUAGE_SKILLS,
		"has_feed": bool(person.calendar_hash),
		"feed": "",
	}


def _certificate(person, rest):
	return certificate.as_response(person.name)


def _certificate_pdf(person, rest):
	return certificate.as_pdf(person.name, person.preferred_language)


BUILDERS = {
	"": _home,
	"shifts": _shifts,
	"hours": _hours,
	"messages": _messages,
	"agreements": _agreements,
	"me": _me,
	"certificate": _certificate,
	"certificate.pdf": _certificate_pdf,
}
