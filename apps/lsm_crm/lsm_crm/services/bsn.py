"""No citizen service number (BSN) in free text.

Dutch law lets a foundation like this one store none (UAVG article 46). A nine-digit number is held up when it passes the
eleven check that every BSN passes; about one in eleven other numbers passes too, so someone can confirm that a number is
another one, such as a file number. That is logged with a keyed fingerprint and the last two digits, never the number.
"""

import re
import unicodedata
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime
from stdnum.nl import bsn

from lsm_crm.exceptions import PossibleBsnError
from lsm_crm.services.encryption import fingerprint

_RUN = re.compile(r"\d+(?:[ .\-\u00a0]\d+)*")
_CHUNK = re.compile(r"\d+")
# Numbers of our own records, such as CASE-2026-00102.
_OWN = re.compile(r"\b[A-Z]{2,8}-(?:\d{4}-)?\d{5,}\b")
# How people write nine digits in groups.
_GROUPINGS = {(3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (3, 2, 4), (4, 5), (5, 4)}


def find_bsn(text: str | None) -> Iterator[str]:
	"""Yield each nine-digit number in the text that passes the check of a BSN, in whatever script its digits are."""
	seen = set()
	for run in _RUN.finditer(_OWN.sub(" ", _plain_digits(text or ""))):
		chunks = _CHUNK.findall(run.group())
		for number in _candidates(chunks):
			if number not in seen and bsn.is_valid(number):
				seen.add(number)
				yield number


def _plain_digits(text: str) -> str:
	return "".join(str(unicodedata.decimal(char, char)) for char in text)


def _candidates(chunks: list[str]) -> Iterator[str]:
	if sum(map(len, chunks)) == 9:
		yield "".join(chunks)
	for start in range(len(chunks)):
		if len(chunks[start]) == 9:
			yield chunks[start]
		for end in range(start + 2, min(start + 4, len(chunks)) + 1):
			group = chunks[start:end]
			if tuple(map(len, group)) in _GROUPINGS:
				yield "".join(group)


def refuse_bsn(doc: Document, *fieldnames: str) -> None:
	"""Throw PossibleBsnError for a changed field of the document, or of a row of it, that seems to hold a BSN."""
	before = doc.get_doc_before_save()
	for fieldname in fieldnames:
		text = doc.get(fieldname)
		if text and (not before or before.get(fieldname) != text):
			_refuse_text(doc.doctype, doc.meta.get_label(fieldname), str(text))


def _refuse_text(doctype: str, label: str, text: str) -> None:
	for number in find_bsn(text):
		if is_confirmed(number):
			continue
		frappe.msgprint(
			_(
				"{0}: the number ending in {1} may be a citizen service number (BSN). Those are never written down "
				"here, not even with the person's agreement. Take it out; or, if it is another number such as a file "
				"number, confirm that."
			).format(_(label), number[-2:]),
			title=_("Is this a BSN?"),
			raise_exception=PossibleBsnError,
			primary_action={
				"label": _("It is another number"),
				"client_action": "lsm_crm.numbers.confirm",
				"args": {"doctype": doctype, "number": number},
			},
		)


def is_confirmed(number: str) -> bool:
	"""Whether someone said of this number that it is not a BSN."""
	return bool(frappe.db.exists("Number Confirmation", {"fingerprint": fingerprint(number)}))


def confirm(doctype: str, number: str, meaning: str) -> str:
	"""Log that the session's user says what the number is; return the log entry's name."""
	digits = re.sub(r"\D", "", _plain_digits(number))
	if not bsn.is_valid(digits):
		frappe.throw(_("This number needs no confirmation."))
	if not meaning.strip():
		frappe.throw(_("Say what the number is, such as the file number of the tax office."))
	if any(find_bsn(meaning)):
		frappe.throw(_("Say what the number is, without the number itself."))
	return (
		frappe.get_doc(
			{
				"doctype": "Number Confirmation",
				"document_type": doctype,
				"fingerprint": fingerprint(digits),
				"ending": digits[-2:],
				"confirmed_by": frappe.session.user,
				"confirmed_on": now_datetime(),
				"meaning": meaning.strip()[:140],
			}
		)
		.insert(ignore_permissions=True)
		.name
	)
