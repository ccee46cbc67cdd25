"""Logging in: lockout that survives a lost cache, own host only, and the second factor still owed."""

import frappe
from frappe.utils import add_to_date, now_datetime

from lsm_crm.guard import origin

MAX_FAILURES = 5
LOCK_SECONDS = 600


def on_login(login_manager) -> None:
	"""Refuse a right password after too many wrong ones. The framework counts in Redis only; this counts in the database.

	The answer is the one for a wrong password, so that guessing goes on in the dark.
	"""
	origin.refuse_foreign_host()
	if failures(login_manager.user) >= MAX_FAILURES:
		login_manager.fail("Invalid login credentials", user=login_manager.user)


def failures(user: str) -> int:
	"""Wrong passwords of this account in the lock time, since its last right one."""
	seconds = frappe.utils.cint(frappe.get_system_settings("allow_login_after_fail")) or LOCK_SECONDS
	since = add_to_date(now_datetime(), seconds=-seconds)
	log = frappe.qb.DocType("Activity Log")
	rows = (
		frappe.qb.from_(log)
		.select(log.status)
		.where((log.user == user) & (log.operation == "Login") & (log.creation > since))
		.orderby(log.creation, order=frappe.qb.desc)
		.limit(MAX_FAILURES + 1)
		.run(pluck=True)
	)
	count = 0
	for status in rows:
		if status == "Success":
			break
		count += 1
	return count


def on_session_creation(login_manager) -> None:
	"""A session made by a login owes its second factor until it is given; one made through a mailed link too."""
	frappe.local.session_obj.data["data"]["lsm_second_factor"] = 0
	if not origin.is_own_path(str(frappe.local.response.get("redirect_to") or "/")):
		frappe.local.response.pop("redirect_to", None)
