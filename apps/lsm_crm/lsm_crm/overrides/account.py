"""Passwords: one answer for known and unknown addresses, in equal time, and no change without the old one."""

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit

from lsm_crm.services import outbox

SENT = "If there is an account with this address, a mail with a link is on its way."


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(key="user", limit=5, seconds=3600, methods=["POST"])
def reset_password(user: str) -> str | None:
	"""Take the place of the framework's function, whose answers and time tell which addresses have an account."""
	outbox.enqueue("lsm_crm.overrides.account.send_reset_mail", queue="short", user=str(user)[:140])
	frappe.msgprint(_(SENT), title=_("Check your mail"))


def send_reset_mail(user: str) -> None:
	"""In the background: mail a link, if there is such an account and it is in use."""
	if user in ("Administrator", "Guest") or not frappe.db.get_value("User", user, "enabled"):
		return
	frappe.get_doc("User", user).reset_password(send_email=True)


def refuse_password_in_form(doc, method=None) -> None:
	"""A new password in a saved account asks for no old one: only who manages accounts may set one, and not their own."""
	if not doc.get("new_password") or not getattr(frappe.local, "request", None) or doc.flags.in_insert:
		return
	if frappe.flags.in_install or doc.flags.ignore_permissions:
		return
	user = frappe.session.user
	if doc.name == user or doc.name == "Administrator" or "System Manager" not in frappe.get_roles(user):
		frappe.throw(_("A password is changed on the page for that, with the old password."), frappe.PermissionError)


def remember_roles(doc, method=None) -> None:
	"""Before the framework's own check, which makes the first person of a site a system manager without saying so."""
	doc.flags.lsm_roles = {row.role for row in doc.get("roles", ())}


def drop_unasked_manager(doc, method=None) -> None:
	"""After that check: the role stays only where somebody gave it."""
	asked = doc.flags.lsm_roles
	if asked is None or "System Manager" in asked or doc.name == "Administrator":
		return
	doc.set("roles", [row for row in doc.get("roles", ()) if row.role != "System Manager"])
