"""Fill a site with made-up records that an attacker wants, and with attackers.

`python -m tests.attacks.prepare SITE` in the sites folder prints facts; with `open` after it the site gets the framework's own
settings and files that are not encrypted. In a process of its own, so that one test run can prepare both sites.
"""

import json
import sys
from pathlib import Path

import frappe

PASSWORD = "Zonder-recht-4471"
CANARY = "KANARIEVOGEL"
ATTACKERS = {
	"worker": ("LSM Case Worker",),
	"front": ("LSM Front Office",),
	"volunteers": ("LSM Volunteer Coordinator",),
	"lead": ("LSM Activity Lead",),
	"kitchen": ("LSM Kitchen",),
	"board": ("LSM Board",),
	"helper": ("LSM Language Helper",),
	"officer": ("LSM Privacy Officer",),
	"volunteer": ("LSM Volunteer",),
	"coordinator": ("LSM Coordinator",),
	"deliverer": ("LSM Deliverer",),
	"treasurer": ("LSM Treasurer",),
}
SPARE = 16  # accounts whose password is guessed
# what the framework has where this app's settings are stricter
AS_OBTAINED = {"allow_consecutive_login_attempts": 0, "login_with_email_link": 1}


def attackers() -> dict[str, str]:
	from frappe.utils.password import update_password

	from lsm_crm.tests.factories import make_user

	users = {}
	for key, roles in ATTACKERS.items():
		user = make_user(*roles, email=f"attack-{key}@example.org")
		update_password(user.name, PASSWORD)
		users[key] = user.name
	victim = make_user("LSM Case Worker", email="attack-victim@example.org")
	update_password(victim.name, PASSWORD)
	users["victim"] = victim.name
	return users


def spare() -> list[str]:
	"""Accounts made anew, so that no earlier wrong password counts."""
	from frappe.utils.password import update_password

	from lsm_crm.tests.factories import make_user

	names = []
	for _number in range(SPARE):
		user = make_user("LSM Front Office", email=f"attack-{frappe.generate_hash(length=8)}@example.org")
		update_password(user.name, PASSWORD)
		names.append(user.name)
	return names


def foreign(users: dict[str, str]) -> tuple[dict, dict]:
	"""A record of every kind that belongs to none of the attackers, and which attackers its row rules let see it all the same."""
	from lsm_crm import permission_table, permissions
	from tests.cells.prepare import plant

	names = {doctype: plant(doctype, "Administrator") for doctype in permission_table.row_ruled_doctypes()}
	names = {doctype: name for doctype, name in names.items() if name}
	seen = {
		doctype: {who: permissions.may_see_row(doctype, name, user, "read") for who, user in users.items()}
		for doctype, name in names.items()
	}
	return names, seen


def as_obtained() -> None:
	"""The framework's settings, and an account that mails are sent from (none goes out)."""
	from tests.weakened import take_protections_away

	take_protections_away()
	for key, value in AS_OBTAINED.items():
		frappe.db.set_single_value("System Settings", key, value)
	searched = frappe.get_doc("Global Search Settings")
	searched.append("allowed_in_global_search", {"document_type": "Client"})
	searched.save()
	account = {"doctype": "Email Account", "email_id": "attack@example.org", "email_account_name": "Attack"}
	account |= {"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "127.0.0.1", "awaiting_password": 0}
	doc = frappe.get_doc({**account, "no_smtp_authentication": 1})
	doc.name = "Attack"
	doc.db_insert()


def deleted(case: str) -> str:
	"""A note that was deleted; the framework keeps a copy that can be put back."""
	from lsm_crm.tests.factories import make

	values = {"case": case, "kind": _first("Case Note", "kind"), "text": "x", "noted_on": "2026-01-01 10:00:00"}
	note = make("Case Note", **values)
	frappe.delete_doc("Case Note", note.name, force=True)
	return frappe.get_all("Deleted Document", filters={"deleted_name": note.name}, pluck="name")[0]


def records(victim: str) -> dict[str, str]:
	"""A client with everything around, of another case worker. Every text holds the canary."""
	from lsm_crm.tests.factories import make, make_case, make_client, make_help_request

	client = make_client(
		first_name=f"{CANARY}A",
		last_name=f"{CANARY}B",
		phone="+31612345678",
		email="kanarievogel@example.org",
		contact_notes=f"{CANARY} notes",
		street=f"{CANARY} street",
	)
	case = make_case(client.name, subject=f"{CANARY} subject", worker=victim)
	note = make(
		"Case Note",
		**{
			"case": case.name,
			"kind": _first("Case Note", "kind"),
			"text": f"{CANARY} note",
			"noted_on": "2026-01-01 10:00:00",
		},
	)
	confidential = make("Client Confidential", client=client.name, health=f"{CANARY} health")
	household = make("Household", head=client.name)
	request = make_help_request(
		client=client.name, contact_name=f"{CANARY} contact", note=f"{CANARY} note", volunteer=victim
	)
	frappe.db.set_value("Help Request", request.name, "workflow_state", "Answered")  # open ones are for all to answer
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "kanarie.txt",
			"attached_to_doctype": "Case",
			"attached_to_name": case.name,
			"is_private": 1,
			"content": f"{CANARY} file",
		}
	)
	file.insert(ignore_permissions=True)
	for doctype, name in (("Client", client.name), ("Case", case.name)):
		index_for_search(doctype, name)
	comment = frappe.get_doc("Case", case.name).add_comment("Comment", f"{CANARY} comment")
	return {
		"Client": client.name,
		"Case": case.name,
		"Case Note": note.name,
		"Client Confidential": confidential.name,
		"Household": household.name,
		"Help Request": request.name,
		"file": file.name,
		"file_url": file.file_url,
		"comment": comment.name,
	}


def mails(facts: dict) -> list[str]:
	"""Two mails: one kept with the victim's case, one with nothing."""
	names = []
	for case in (facts["Case"], None):
		mail = {"doctype": "Communication", "communication_type": "Communication", "subject": CANARY, "content": CANARY}
		mail |= {"reference_doctype": "Case", "reference_name": case} if case else {}
		names.append(frappe.get_doc(mail).insert(ignore_permissions=True).name)
	return names


def local_file() -> str:
	"""A file of the machine that is no File of the site, as its configuration is none."""
	path = Path(frappe.get_site_path("attack.txt")).resolve()
	path.write_text(f"{CANARY} file of the machine")
	return str(path)


def index_for_search(doctype: str, name: str) -> None:
	"""A row in the index of the global search, as the framework writes for a DocType that is searched globally."""
	values = {
		"doctype": doctype,
		"name": name,
		"content": f"Name : {CANARY}A {CANARY}B",
		"title": CANARY,
		"route": "",
		"published": 0,
	}
	frappe.db.sql(
		"""INSERT INTO `__global_search` (`doctype`, `name`, `content`, `title`, `route`, `published`)
		VALUES (%(doctype)s, %(name)s, %(content)s, %(title)s, %(route)s, %(published)s)
		ON DUPLICATE KEY UPDATE `content` = %(content)s""",
		values,
	)


def _first(doctype: str, field: str) -> str:
	return next(option for option in frappe.get_meta(doctype).get_field(field).options.split("\n") if option)


def main(site: str, way: str = "") -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.flags.in_test = True
	users = attackers()
	names, seen = foreign(users)
	if way == "open":
		as_obtained()
	facts = {"users": users, "password": PASSWORD, "passwords": {}, "spare": spare(), "canary": CANARY}
	facts |= {"foreign": names, "rows": seen, **records(users["victim"])}
	facts["deleted"] = deleted(facts["Case"])
	facts["mail"], facts["other_mail"] = mails(facts)
	facts["local_file"] = local_file()
	frappe.db.commit()
	frappe.clear_cache()
	print(json.dumps(facts))


if __name__ == "__main__":
	main(*sys.argv[1:])
