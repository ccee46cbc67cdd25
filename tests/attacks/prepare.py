"""Fill a site with made-up records that an attacker wants, and with attackers. `python prepare.py SITE` in the sites folder prints facts.

Run in a process of its own, so that the throwaway site and the real one can be prepared by one test run.
"""

import json
import sys

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
}


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


def _first(doctype: str, field: str) -> str:
	return next(option for option in frappe.get_meta(doctype).get_field(field).options.split("\n") if option)


def main(site: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.flags.in_test = True
	users = attackers()
	facts = {"users": users, "password": PASSWORD, "canary": CANARY, **records(users["victim"])}
	frappe.db.commit()
	print(json.dumps(facts))


if __name__ == "__main__":
	main(sys.argv[1])
