"""The nightly walk through the access log; what is wrong with it goes to the privacy officers, each fault once."""

import frappe

from lsm_crm.constants import PRIVACY_OFFICER
from lsm_crm.services import read_log


def check() -> list[str]:
	"""Verify the chain and tell the privacy officers what is wrong. Gives the sentences."""
	wrong = read_log.verify()
	users = frappe.get_all("Has Role", filters={"role": PRIVACY_OFFICER, "parenttype": "User"}, pluck="parent")
	content = "<br>".join(wrong[:20])
	for user in users if wrong else ():
		if not frappe.db.exists("Notification Log", {"for_user": user, "email_content": content}):
			_tell(user, content)
	return wrong


def _tell(user: str, content: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"type": "Alert",
			"subject": frappe._("The access log was tampered with"),
			"email_content": content,
		}
	).insert(ignore_permissions=True)
