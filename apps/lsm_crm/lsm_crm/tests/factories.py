"""Made-up records for tests: `make_<doctype>(**values)`; each gives a saved document with the least it needs."""

from contextlib import contextmanager

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
	if {row.role for row in user.roles} != set(roles):
		user.roles = []
		user.add_roles(*roles)
	return user


@contextmanager
def acting_as(user):
	"""Do what stands in the block as that user."""
	before = frappe.session.user
	frappe.set_user(getattr(user, "name", user))
	try:
		yield
	finally:
		frappe.set_user(before)


def act(doc, action: str):
	"""Take a step of the workflow as the session's user, as the desk's button does."""
	from frappe.model.workflow import apply_workflow

	return apply_workflow(frappe.get_doc(doc.doctype, doc.name).as_dict(), action)


def make_client(**values):
	"""A client, by default an adult with a name in Latin script."""
	return make("Client", **{"first_name": "Amina", "last_name": "Voorbeeld", "preferred_language": "nl", **values})


def make_case(client: str | None = None, **values):
	"""A new case of a new client."""
	client = client or make_client().name
	return make("Case", **{"client": client, "case_type": "Other", "subject": "Letter", **values})


def make_help_request(**values):
	"""A help request at the walk-in hour without a name."""
	return make("Help Request", **{"topics": [{"topic": "Social"}], "language": "nl", **values})


def make_partner(name: str = "Voorbeeldpartner", **values):
	"""A partner organisation; the same name gives the same one."""
	if frappe.db.exists("Partner Organisation", name):
		return frappe.get_doc("Partner Organisation", name)
	return make("Partner Organisation", organisation_name=name, email="partner@example.org", **values)


def make_consent_text(purpose: str = "Share with a partner", language: str = "nl", version: str = "test", **values):
	"""The text of a consent; the same name gives the same one."""
	name = f"{purpose} {version} {language}"
	if frappe.db.exists("Consent Text", name):
		return frappe.get_doc("Consent Text", name)
	return make("Consent Text", purpose=purpose, language=language, version=version, text="…", **values)


def make_consent(client: str, **values):
	"""A valid consent to share name and topic with any partner."""
	purpose = values.pop("purpose", "Share with a partner")
	return make(
		"Client Consent",
		**{
			"client": client,
			"purpose": purpose,
			"consent_text": make_consent_text(purpose).name,
			"how_given": "Signed on paper",
			"share_name": 1,
			"share_topic": 1,
			**values,
		},
	)


def make_volunteer(roles=("Cook",), languages=None, **values):
	"""An application as the web form leaves it: state Applied, roles wanted."""
	return make(
		"Volunteer",
		**{
			"first_name": "Selam",
			"last_name": "Voorbeeld",
			"email": f"{frappe.generate_hash(length=10)}@example.org",
			"preferred_language": "en",
			"consent_to_store": 1,
			"roles": [{"role": role} for role in roles],
			"languages": languages or [{"language": "nl", "speaking": "Good"}],
			**values,
		},
	)


def make_screening(volunteer: str, requirement: str, **values):
	"""An approved screening item, valid since 2020 without end."""
	if requirement == "Right to Work":
		values.setdefault("may_volunteer", "May Volunteer")
	return make(
		"Screening Item",
		**{
			"volunteer": volunteer,
			"requirement": requirement,
			"result": "Approved",
			"valid_from": "2020-01-01",
			"valid_until": "2099-12-31",
			**values,
		},
	)


def screen(volunteer, **values) -> None:
	"""Everything that the volunteer's roles demand, approved."""
	from lsm_crm.services import screening

	gaps = screening.missing(volunteer.name, [row.role for row in volunteer.roles])
	for requirement in dict.fromkeys(gap.requirement for gap in gaps if gap.requirement != "UWV Declaration"):
		for role in [gap.role for gap in gaps] if requirement == "Training" else [None]:
			make_screening(volunteer.name, requirement, role=role, **values)


def take_on(volunteer):
	"""Walk an application through the workflow until it is Active."""
	for state, values in (
		("Interview", {}),
		("Screening", {"interview_on": "2026-01-10 10:00:00", "interview_result": "Good talk"}),
	):
		volunteer.update({**values, "workflow_state": state})
		volunteer.save(ignore_permissions=True)
	screen(volunteer)
	volunteer.workflow_state = "Active"
	volunteer.save(ignore_permissions=True)
	return volunteer


def make_active_volunteer(roles=("Cook",), **values):
	"""A volunteer who was interviewed, screened and taken on."""
	return take_on(make_volunteer(roles, **values))


def make_shift(start="2030-03-05 18:00:00", hours=3, role="Cook", places=2, **values):
	"""A shift in the future."""
	from frappe.utils import add_to_date

	return make(
		"Volunteer Shift",
		**{
			"title": "Eatery evening",
			"role": role,
			"starts_at": start,
			"ends_at": add_to_date(start, hours=hours, as_string=True, as_datetime=True),
			"places": places,
			**values,
		},
	)


def make_hours(volunteer: str, hours: float, day: str, approved: bool = True, **values):
	"""An hours entry, approved unless said otherwise."""
	state = "Approved" if approved else "Submitted"
	return make("Hours Entry", volunteer=volunteer, day=day, hours=hours, state=state, **values)


def take_away(made: list[tuple[str, str]]) -> None:
	"""Remove what a test committed, the last first, with its rows."""
	for doctype, name in reversed(made):
		for table in frappe.get_meta(doctype).get_table_fields():
			frappe.db.delete(table.options, {"parent": name, "parenttype": doctype})
		frappe.db.delete(doctype, {"name": name})
	frappe.db.commit()
