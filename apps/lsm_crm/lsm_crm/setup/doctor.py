"""What a site lacks or has open, for `./lsm doctor` and for any other bench."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe.utils import add_days, now_datetime

from lsm_crm.services import keys

Finding = tuple[str, str]
BACKLOG = 200


def findings() -> Iterator[Finding]:
	"""(what is wrong, what mends it); a "Note" is no fault but worth knowing."""
	yield from about_settings()
	yield from about_keys()
	yield from about_work()


def about_settings() -> Iterator[Finding]:
	if frappe.conf.get("lsm_second_factor"):
		yield "Note: the second factor for staff is on", "nothing to do"
	else:
		yield "Note: the second factor for staff is off", "./lsm bench set-config -p lsm_second_factor 1"
	for setting in ("developer_mode", "server_script_enabled", "allow_tests"):
		if frappe.conf.get(setting):
			yield f"{setting} is on in the site's settings", f"./lsm bench set-config -p {setting} 0"
	if not frappe.conf.get("host_name"):
		yield (
			"host_name is not set, so links in mails follow the visitor's address",
			"./lsm bench set-config host_name URL",
		)
	if not frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		yield "Note: no mail account for sending is set", "the desk: Email Account, New"


def about_keys() -> Iterator[Finding]:
	file = keys.path()
	if not file.exists():
		yield f"The key file {file} is missing: protected fields cannot be read", "put the copy of it back"
	elif file.stat().st_mode & 0o077:
		yield f"The key file {file} can be read by others", f"chmod 600 {file}"


def about_work() -> Iterator[Finding]:
	failed = frappe.db.count("Scheduled Job Log", {"status": "Failed", "creation": (">", add_days(now_datetime(), -1))})
	if failed:
		yield f"{failed} scheduled jobs failed since yesterday", "./lsm logs worker"
	given_up = frappe.db.count("Outbox Job", {"state": "Failed"})
	if given_up:
		yield (
			f"{given_up} pieces of background work failed and are not tried again",
			"./lsm bench execute lsm_crm.services.outbox.failures shows which",
		)
	unsent = frappe.db.count("Email Queue", {"status": ("in", ("Not Sent", "Error"))})
	if unsent > BACKLOG:
		yield f"{unsent} mails wait to be sent", "./lsm logs worker; look at Email Account in the desk"


def show() -> list[str]:
	"""The same as text, for `bench execute lsm_crm.setup.doctor.show`."""
	return [f"{trouble} — {remedy}" for trouble, remedy in findings()] or ["Nothing is missing."]
