"""A session that still owes its second factor reaches the page where it is given, and nothing else."""

import frappe

from lsm_crm.guard.errors import refuse

OPEN_FUNCTIONS = frozenset(
	(
		"login",
		"frappe.handler.logout",
		"frappe.handler.web_logout",
		"frappe.handler.ping",
		"lsm_crm.api.second_factor.begin",
		"lsm_crm.api.second_factor.confirm",
		"lsm_crm.api.second_factor.verify",
	)
)
OPEN_PAGES = frozenset(("second-step", "login", "website_script.js"))
PAGE = "/second-step"


def is_on() -> bool:
	"""Whether this site asks staff for a second factor; on unless its config says otherwise."""
	return bool(frappe.local.conf.get("lsm_second_factor"))


def require(call, groups) -> None:
	"""Refuse, or lead a page to the second step, while a member of staff has not given the second factor in this session."""
	if not is_on() or not groups & {"staff", "privacy", "manager", "administrator"}:
		return
	if frappe.session.data.get("lsm_second_factor"):
		return
	if call.name in (OPEN_PAGES if call.kind == "page" else OPEN_FUNCTIONS):
		return
	if call.kind == "page":
		_lead_to_page()
	refuse(call, "second factor not given yet")


def _lead_to_page() -> None:
	from werkzeug.exceptions import HTTPException
	from werkzeug.utils import redirect

	raise HTTPException(response=redirect(PAGE))
