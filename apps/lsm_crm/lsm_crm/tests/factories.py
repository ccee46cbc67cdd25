"""Made-up records for tests: `make_<doctype>(**values)`; each gives a saved document with the least it needs."""

import frappe


def make(doctype: str, **values):
	"""Insert a document with permissions ignored and return it."""
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def make_user(*roles: str, email: str | None = None, **values):
	"""A user with exactly these roles; the same address gives the same user."""
	email = email or f"{'-'.join(role.lower().replace(' ', '-') for role in roles) or 'nobody'}@example.org"
	if frappe.db.exists("User", email):
		user = frappe.get_doc("User", email)
	else:
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": email.split("@")[0],
				"send_welcome_email": 0,
				"language": "en",
				**values,
			}
		)
		user.flags.no_welcome_mail = True
		user.insert(ignore_permissions=True)
	user.roles = []
	user.add_roles(*roles)
	return user


def make_client(**values):
	"""A client, from the mixed scripts that the foundation meets."""
	return make("Client", **{"first_name": "Amina", "last_name": "Voorbeeld", **values})


def make_case(client: str | None = None, **values):
	"""A new case of a new client."""
	client = client or make_client().name
	return make("Case", **{"client": client, "case_type": "Other", "subject": "Letter", **values})


def make_help_request(**values):
	"""A help request at the walk-in hour without a name."""
	return make("Help Request", **{"topics": [{"topic": "Social"}], "language": "nl", **values})
