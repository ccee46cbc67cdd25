"""The portal account of a volunteer: opened when taken on, closed when leaving."""

import frappe
from frappe import _
from frappe.utils import get_url

from lsm_crm.constants import STAFF_ROLES, VOLUNTEER
from lsm_crm.services import volunteer_mail


def open_account(volunteer) -> str | None:
	"""Give the volunteer a portal user and return its name; None without a proven address."""
	if volunteer.user:
		_give_role(frappe.get_doc("User", volunteer.user))
		return volunteer.user
	if not (volunteer.email and volunteer.email_proven_on):
		frappe.msgprint(
			_("There is no account yet, as the e-mail address is not proven."), title=_("No Account"), alert=True
		)
		return None
	name = frappe.db.exists("User", {"email": volunteer.email})
	if name and frappe.db.exists("Volunteer", {"user": name, "name": ("!=", volunteer.name)}):
		frappe.msgprint(_("Another volunteer has an account with this address."), title=_("No Account"), alert=True)
		return None
	user = frappe.get_doc("User", name) if name else _new_user(volunteer)
	_give_role(user)
	volunteer.db_set("user", user.name)
	if not name:
		volunteer_mail.send(volunteer.name, "welcome", link=_password_link(user))
	return user.name


def close_account(volunteer) -> None:
	"""Take the volunteer's rights away; staff who were volunteers too keep their own."""
	if not volunteer.user:
		return
	user = frappe.get_doc("User", volunteer.user)
	user.flags.ignore_permissions = True
	user.remove_roles(VOLUNTEER)
	if not {row.role for row in user.roles}.intersection(STAFF_ROLES):
		# Not by saving the user: the framework then wants another System Manager beside Administrator, for any account.
		user.db_set("enabled", 0)
		frappe.clear_cache(user=user.name)
		_end_sessions(user.name)


def _end_sessions(user: str) -> None:
	# All of them: the framework's own function keeps as many as one may have at a time when people close their own account.
	table = frappe.qb.DocType("Sessions")
	for sid in frappe.qb.from_(table).select(table.sid).where(table.user == user).run(pluck=True):
		frappe.sessions.delete_session(sid, reason="Account closed")


def send_new_password_link(volunteer) -> None:
	"""Send the link once more, for the coordinator's button."""
	if volunteer.user:
		volunteer_mail.send(volunteer.name, "welcome", link=_password_link(frappe.get_doc("User", volunteer.user)))


def of_user(user: str) -> str | None:
	"""Name of the volunteer whose account this is."""
	return frappe.db.get_value("Volunteer", {"user": user})


def _new_user(volunteer):
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": volunteer.email,
			"first_name": volunteer.first_name,
			"last_name": volunteer.last_name or None,
			"language": volunteer.preferred_language,
			"user_type": "Website User",
			"send_welcome_email": 0,
		}
	)
	user.flags.no_welcome_mail = True
	return user.insert(ignore_permissions=True)


def _give_role(user) -> None:
	user.flags.ignore_permissions = True
	user.enabled = 1
	if VOLUNTEER not in {row.role for row in user.roles}:
		user.append("roles", {"role": VOLUNTEER})
	user.save(ignore_permissions=True)


def _password_link(user) -> str:
	# `reset_password` of the framework keeps only the hash of the key and gives back the link.
	link = user.reset_password(send_email=False)
	return get_url(link) if link.startswith("/") else link
