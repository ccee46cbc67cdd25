"""How a call is refused: 403 with one clear sentence, and a line in the log that says which group wanted what."""

import logging
from typing import NoReturn

import frappe
from frappe import _

from lsm_crm.guard.lists import GROUPS

log = logging.getLogger("lsm.guard")


class NotAllowedError(frappe.PermissionError):
	"""The guard's lists do not let this role group do this."""


def note(call, reason: str) -> str:
	"""A line in the log on what was held back; gives the call as one line."""
	groups = getattr(frappe.local, "lsm_groups", ())
	highest = next((group for group in reversed(GROUPS) if group in groups), "unknown")
	text = str(call)[:200].replace("\n", " ").replace("\r", " ")
	log.warning("refused group=%s user=%s %s: %s", highest, getattr(frappe.session, "user", None), text, reason)
	return text


def refuse(call, reason: str) -> NoReturn:
	"""Answer 403. The reason goes to the log, not to the caller."""
	text = note(call, reason)
	frappe.flags.disable_traceback = True
	frappe.throw(
		_("Your role does not allow this: {0}").format(frappe.utils.escape_html(text)),
		title=_("Not allowed"),
		exc=NotAllowedError,
	)
	raise AssertionError("frappe.throw always raises")
