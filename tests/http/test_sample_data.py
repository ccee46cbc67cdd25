"""The sample data: the figures that the foundation reports, every state of every workflow, and going again without a trace."""

from __future__ import annotations

import json

import pytest

from lsm_crm.constants import LANGUAGES, ROLES, VOLUNTEER
from tests.support import BENCH


@pytest.fixture
def site(frappe_site):
	frappe_site.db.rollback()
	yield frappe_site
	frappe_site.db.rollback()


@pytest.fixture
def made(site):
	from lsm_crm.setup.sample import register

	return register.made()


def test_one_account_for_each_role(site):
	accounts = json.loads((BENCH.site_path / "accounts.json").read_text())
	assert [row["role"] for row in accounts] == ["Administrator", *ROLES]
	assert (BENCH.site_path / "accounts.json").stat().st_mode & 0o077 == 0
	for row in accounts[1:]:
		own = set(site.get_roles(row["user"])) & set(ROLES)
		assert own == {row["role"]}, row["user"]
		kind = site.db.get_value("User", row["user"], "user_type")
		assert kind == ("Website User" if row["role"] == VOLUNTEER else "System User")


def test_exactly_257_help_requests_of_2021(site, made):
	rows = site.get_all(
		"Help Request",
		{"name": ("in", list(made["Help Request"]))},
		["request_date", "main_topic", "language", "area", "client_group", "contact_name"],
		limit=0,
	)
	reported = [row for row in rows if row.request_date.year == 2021]
	assert len(reported) == 257
	this_year = [row for row in rows if row.request_date.year == site.utils.getdate().year]
	assert len(this_year) > 50 and len(reported) + len(this_year) == len(rows)
	assert {row.request_date.month for row in reported} == set(range(1, 13))
	assert {row.language for row in reported} == set(LANGUAGES)
	assert len({row.main_topic for row in reported}) > 20
	assert len({row.area for row in reported}) > 5
	assert not any(row.contact_name for row in reported)


def test_every_state_of_every_workflow_is_met(site, made):
	for workflow in site.get_all("Workflow", pluck="name"):
		doc = site.get_doc("Workflow", workflow)
		names = list(made.get(doc.document_type, ()))
		found = site.get_all(doc.document_type, {"name": ("in", names)}, pluck="workflow_state", limit=0)
		assert {row.state for row in doc.states} <= set(found), workflow


def test_130_volunteers_with_the_eleven_languages(site, made):
	volunteers = list(made["Volunteer"])
	assert len(volunteers) == 130
	spoken = site.get_all("Volunteer Language", {"parent": ("in", volunteers)}, pluck="language", limit=0)
	assert set(spoken) == set(LANGUAGES)
	names = "".join(site.get_all("Volunteer", {"name": ("in", volunteers)}, pluck="full_name", limit=0))
	for script in ("ሀፐ", "ءي", "Ая", "一龥"):  # Ge'ez, Arabic, Cyrillic, Chinese
		assert any(script[0] <= char <= script[1] for char in names), script
	assert "é" in names or "ü" in names or "Ç" in names


def test_the_onderwijsbrug_of_2021(site, made):
	lessons = site.get_all(
		"Lesson",
		{"name": ("in", list(made["Lesson"])), "starts_on": ("between", ["2021-01-01", "2021-12-31"]), "state": "Held"},
		pluck="name",
		limit=0,
	)
	parent = {"parent": ("in", lessons)}
	assert len(set(site.get_all("Lesson Attendance", parent, pluck="pupil", limit=0))) == 25
	assert len(set(site.get_all("Lesson Adult", parent, pluck="user", limit=0))) == 22
	assert site.db.count("Pupil", {"name": ("in", list(made["Pupil"])), "referral": ("is", "set")}) == 2


def test_nothing_was_mailed_and_nobody_can_be_reached(site, made):
	# what the tests before this one mailed came later than the last of the sample
	loaded = site.get_all("Sample Record", pluck="creation", order_by="creation desc", limit=1)[0]
	assert not site.db.count("Email Queue", {"creation": ("<=", loaded)})
	for doctype, field in (("Client", "email"), ("Volunteer", "email"), ("Event Registration", "email")):
		for address in site.get_all(doctype, {"name": ("in", list(made[doctype]))}, pluck=field, limit=0):
			assert not address or address.endswith(".example"), address
	for doctype in ("Client", "Volunteer", "Senior Registration"):
		for phone in site.get_all(doctype, {"name": ("in", list(made[doctype]))}, pluck="phone", limit=0):
			assert not phone or phone.replace(" ", "").startswith("+31600"), phone


def test_it_is_not_loaded_twice(site):
	from lsm_crm.setup.sample import load

	with pytest.raises(site.ValidationError):
		load()


def test_clearing_leaves_no_row_and_keeps_what_was_entered(site, made):
	"""Rolled back afterwards: the other tests work with the sample users."""
	from lsm_crm.setup.sample import clear, clearing
	from lsm_crm.tests import factories

	mine = factories.make_client(first_name="Zelf", last_name="Ingevoerd")
	pointed = sorted(made["Client"])[-1]
	case = factories.make_case(client=pointed)
	entered = factories.make_help_request(volunteer="Administrator")
	keep = clearing.pointed_to(made)
	assert pointed in keep["Client"]

	clear()

	assert site.db.exists("Client", mine.name) and site.db.exists("Help Request", entered.name)
	for doctype, names in made.items():
		if not site.db.table_exists(doctype):
			continue
		left = set(site.get_all(doctype, {"name": ("in", list(names))}, pluck="name", limit=0))
		assert left == keep[doctype] & left, doctype
		gone = list(names - left)
		for table in site.get_meta(doctype).get_table_fields():
			assert not site.db.count(table.options, {"parent": ("in", gone), "parenttype": doctype}), table.options
		for log, kind, name in clearing.ABOUT:
			assert not site.db.count(log, {kind: doctype, name: ("in", gone)}), (log, doctype)
	closed = made["User"] - keep["User"]
	assert not site.db.count("Sample Record") and not site.db.count("Contact", {"user": ("in", list(closed))})
	assert len(closed) > 20  # who gave lessons, say; nobody else points to them
	assert not site.db.sql("select name from `__Auth` where doctype = 'User' and name in %s", [list(made["User"])])
	case.reload()
	case.save(ignore_permissions=True)  # what it points to is still there


def test_a_role_of_a_kept_user_is_taken_away(site, made):
	"""A sample user whom an entered record points to stays as a name and cannot log in."""
	from lsm_crm.setup.sample import clear
	from lsm_crm.tests import factories

	user = json.loads((BENCH.site_path / "accounts.json").read_text())[3]["user"]
	entered = factories.make_help_request(volunteer=user)

	clear()

	account = site.get_doc("User", user)
	assert not account.enabled and not account.roles
	assert site.db.get_value("Help Request", entered.name, "volunteer") == user
