"""Mail to volunteers, in their language, as HTML with plain text beside it. Never more than they need to know."""

import frappe
from frappe import _
from frappe.utils import get_url

from lsm_crm.services import volunteer_sms
from lsm_crm.services.language import direction, in_language

_lt = str  # marks a text for the translation files; it is translated when a mail is made

# key: subject, paragraphs, label of the button

TEXTS = {
	"prove": (
		_lt("Please confirm your e-mail address"),
		(
			_lt("Thank you for registering as a volunteer with Leids Steunloket Migranten."),
			_lt("Open the page below and press the button there, so that we know that this address is yours."),
			_lt("If you did not register with us, you need not do anything."),
		),
		_lt("Confirm my address"),
	),
	"updated": (
		_lt("Your registration was updated"),
		(
			_lt("You had already registered with this address. We have updated your data with what you filled in."),
			_lt("If this was not you, please answer this mail."),
		),
		None,
	),
	"welcome": (
		_lt("Welcome as a volunteer"),
		(
			_lt("We are glad that you are with us. You now have a page of your own with your shifts and hours."),
			_lt("Choose a password on the page below."),
		),
		_lt("Choose a password"),
	),
	"shift_taken": (
		_lt("Your shift: {when}"),
		(_lt("You have a place in the shift {title}, {when}, {venue}."),),
		_lt("See my shifts"),
	),
	"from_reserve": (
		_lt("A place came free: {when}"),
		(
			_lt("You were on the reserve list and now have a place in the shift {title}, {when}, {venue}."),
			_lt("If you cannot come after all, please give the place back on your page."),
		),
		_lt("See my shifts"),
	),
	"shift_reminder": (
		_lt("Reminder of your shift: {when}"),
		(
			_lt("You have a place in the shift {title}, {when}, {venue}."),
			_lt("If you cannot come after all, please give the place back on your page."),
		),
		_lt("See my shifts"),
	),
	"shift_changed": (
		_lt("Your shift was changed: {when}"),
		(_lt("The shift {title} is now at {when}, {venue}."),),
		_lt("See my shifts"),
	),
	"shift_cancelled": (
		_lt("Your shift is cancelled: {when}"),
		(_lt("The shift {title} at {when} will not take place."),),
		_lt("See my shifts"),
	),
	"screening_expires": (
		_lt("Something needs to be renewed"),
		(
			_lt("{requirement} is valid until {until}."),
			_lt("Please contact the volunteer coordinator, so that you can go on without a break."),
		),
		None,
	),
	"agreement_to_sign": (
		_lt("Your agreement is ready to sign"),
		(_lt("Please read the agreement on your page and sign it there."),),
		_lt("Read and sign"),
	),
	"message": (
		_lt("You have a message"),
		(_lt("There is a message for you on your page."),),
		_lt("Read my messages"),
	),
	"anniversary": (
		_lt("Thank you for {years} year(s) with us"),
		(_lt("Today you have been a volunteer with us for {years} year(s). Thank you: together as a human family."),),
		None,
	),
}


def send(volunteer: str, key: str, link: str | None = None, **values) -> bool:
	"""Queue one mail to the volunteer; False when there is no address or the site cannot send mail."""
	person = frappe.db.get_value("Volunteer", volunteer, ["email", "preferred_language", "first_name"], as_dict=True)
	if not person:
		return False
	if link and link.startswith(get_url("/portal")):
		volunteer_sms.announce(volunteer)
	if not person.email:
		return False
	subject, parts = compose(key, person.preferred_language, person.first_name, link, **values)
	return _queue(person.email, subject, parts, volunteer)


def compose(key: str, language: str | None, first_name: str, link: str | None, **values) -> tuple[str, dict]:
	"""Return (subject, parts for the template) in that language; a callable value is asked inside the language."""
	with in_language(language) as code:
		known = {name: value() if callable(value) else value for name, value in values.items()}
		subject, paragraphs, button = TEXTS[key]
		return _(subject).format(**known), {
			"lang": code,
			"dir": direction(code),
			"greeting": _("Hello {0},").format(first_name or ""),
			"paragraphs": [_(text).format(**known) for text in paragraphs],
			"button": _(button) if button and link else None,
			"link": link,
			"closing": _("Kind regards, Leids Steunloket Migranten"),
		}


def _queue(address: str, subject: str, parts: dict, volunteer: str) -> bool:
	if not frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		frappe.logger("lsm").warning("No outgoing e-mail account: a mail to %s was not sent", volunteer)
		return False
	frappe.sendmail(
		recipients=[address],
		subject=subject,
		# volunteer.html and volunteer.txt: text made from the HTML would escape signs inside the link
		template="volunteer",
		args=parts,
		reference_doctype="Volunteer",
		reference_name=volunteer,
		with_container=False,
		add_unsubscribe_link=0,
	)
	return True
