"""Mails to one person about what concerns them, in their language. Never to all holders of a role."""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import escape_html

from lsm_crm.constants import LANGUAGES, RIGHT_TO_LEFT

Text = Callable[[], tuple[str, list[str]]]


def tell(email: str | None, language: str | None, text: Text, about=None, link: tuple[str, str] | None = None) -> bool:
	"""Queue a mail; `text` gives subject and paragraphs and is called in the reader's language.

	Returns False where there is no address or no mail account: the caller's work is done all the same.
	"""
	if not email:
		return False
	code = language if language in LANGUAGES else LANGUAGES[0]
	before, frappe.local.lang = frappe.local.lang, code
	try:
		subject, paragraphs = text()
		html = _html(code, paragraphs, link and (_(link[0]), link[1]))
	finally:
		frappe.local.lang = before
	if not frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		frappe.logger("lsm").warning("No outgoing e-mail account: a mail about %s was not sent", about and about.name)
		return False
	frappe.sendmail(
		recipients=[email],
		subject=subject,
		message=html,
		reference_doctype=about and about.doctype,
		reference_name=about and about.name,
		with_container=False,
		add_unsubscribe_link=0,
	)
	return True


def tell_cancelled(people, about, sentence: Callable[[], str]) -> None:
	"""Tell `people` (rows with email and language) that `about` is cancelled; `sentence` says what and when."""
	for person in people:
		tell(
			person.email,
			person.language,
			lambda: (_("{0} is cancelled").format(about.title), [sentence(), about.cancel_reason or ""]),
			about=about,
		)


def _html(code: str, paragraphs: list[str], link: tuple[str, str] | None) -> str:
	direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
	body = "".join(f"<p>{escape_html(text)}</p>" for text in paragraphs)
	if link:
		body += f'<p><a href="{escape_html(link[1])}">{escape_html(link[0])}</a></p>'
	closing = escape_html(_("Kind regards, Leids Steunloket Migranten"))
	return f'<div lang="{code}" dir="{direction}">{body}<p>{closing}</p></div>'
