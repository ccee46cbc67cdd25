"""One sample user for each role, with a password of its own that is made anew each time."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.core.doctype.user import user as framework_user

from lsm_crm import constants as c

# role: (part before the @, first name, last name). Names that no other sample person bears.
USERS = {
	c.COORDINATOR: ("coordinator", "Marjolein", "Hoornbeek"),
	c.CASE_WORKER: ("maatschappelijk.werk", "Yasmin", "Al-Farisi"),
	c.FRONT_OFFICE: ("frontoffice", "Jelle", "Steenvoorden"),
	c.VOLUNTEER_COORDINATOR: ("vrijwilligers", "Wietske", "Oudshoorn"),
	c.KITCHEN: ("keuken", "Zeynep", "Karadağ"),
	c.DELIVERER: ("bezorging", "Filmon", "Ghebreab"),
	c.ACTIVITY_LEAD: ("activiteiten", "Nadia", "Bensaïd"),
	c.TREASURER: ("penningmeester", "Cornelis", "Duivenbode"),
	c.LANGUAGE_HELPER: ("taalhulp", "Farhad", "Mirzaei"),
	c.BOARD: ("bestuur", "Elisabeth", "Warmondt"),
	c.PRIVACY_OFFICER: ("privacy", "Ruben", "Zandvliet"),
	c.VOLUNTEER: ("vrijwilliger", "Meklit", "Haileselassie"),
}
DOMAIN = "lsm.example"


def load() -> list[dict]:
	"""Make the users; return [{"role", "user", "password"}]."""
	made = []
	for role, (local_part, first_name, last_name) in USERS.items():
		password = secrets.token_urlsafe(15)
		user = new_user(f"{local_part}@{DOMAIN}", first_name, last_name, role)
		user.new_password = password
		user.flags.ignore_password_policy = True
		user.insert(ignore_permissions=True)
		made.append({"role": role, "user": user.name, "password": password})
	return made


@contextmanager
def many_at_once() -> Iterator[None]:
	"""The framework asks after each account whose mail password is missing, and forgets all it has cached for that."""
	asked = framework_user.ask_pass_update
	framework_user.ask_pass_update = lambda: None
	try:
		yield
	finally:
		framework_user.ask_pass_update = asked


def new_user(email: str, first_name: str, last_name: str, role: str):
	"""An account that is not stored yet and gets no welcome mail."""
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": first_name,
			"last_name": last_name,
			"language": "nl",
			"time_zone": "Europe/Amsterdam",
			"send_welcome_email": 0,
			"user_type": "Website User" if role in c.PORTAL_ROLES else "System User",
			"roles": [{"role": role}],
		}
	)
	user.flags.no_welcome_mail = True
	return user
