"""Programs by token: what each was given and nothing else; closed with its record; never a way around a person's password."""

import frappe
import pytest

from tests.support import Session

AGENDA = "/api/method/lsm_crm.api.integrations.agenda"
FIGURES = "/api/method/lsm_crm.api.integrations.figures?year=2026"
OPENAPI = "/api/method/lsm_crm.api.description.openapi"
MAKE = "/api/method/lsm_crm.api.integrations.make_token"
CLOSED = (
	"/api/resource/Volunteer",
	"/api/resource/Daily Figure",
	"/api/resource/Integration",
	"/api/method/frappe.client.get_list?doctype=User",
	"/api/method/frappe.desk.reportview.get?doctype=Case&fields=[%22name%22]",
	"/api/method/lsm_crm.api.walk_in.options",
	"/api/method/frappe.auth.get_logged_user",
	"/app",
	"/portal",
	"/private/files/x.pdf",
)


@pytest.fixture
def made(frappe_site):
	"""`made(reads_agenda=1)`: a stored integration; taken away afterwards, its account closed."""
	docs = []

	def make(**values):
		in_a_month = frappe_site.utils.add_days(frappe_site.utils.nowdate(), 30)
		values = {"title": "Gemeentesite", "purpose": "Agenda", "valid_until": in_a_month, **values}
		doc = frappe_site.get_doc({"doctype": "Integration", **values}).insert()
		frappe_site.db.commit()
		docs.append(doc)
		return doc

	yield make
	frappe_site.db.rollback()
	for doc in docs:
		user = frappe_site.db.get_value("Integration", doc.name, "user")
		frappe_site.delete_doc("Integration", doc.name, force=True)
		if user:
			frappe_site.db.set_value("User", user, "enabled", 0)
	frappe_site.db.commit()


def token_of(coordinator, doc) -> str:
	frappe.db.rollback()  # see what the web processes committed
	doc.reload()
	answer = coordinator.post(MAKE, data={"name": doc.name, "modified": str(doc.modified)})
	assert answer.status_code == 200, answer.text[:300]
	return answer.json()["message"]


def program(token: str, **headers) -> Session:
	session = Session()
	session.headers.update({"Authorization": f"token {token}", **headers})
	return session


def test_a_program_reads_what_it_was_given_and_is_told_of_that_alone(as_role, made):
	reader = program(token_of(as_role("LSM Coordinator"), made(reads_agenda=1)))
	assert reader.get(AGENDA).status_code == 200 and isinstance(reader.get(AGENDA).json()["message"], list)
	assert reader.get(FIGURES).status_code == 403
	paths = reader.get(OPENAPI).json()["message"]["paths"]
	assert sorted(paths) == [OPENAPI, AGENDA]


def test_figures_are_those_that_the_board_sees(as_role, made, frappe_site):
	rows = program(token_of(as_role("LSM Coordinator"), made(reads_figures=1))).get(FIGURES).json()["message"]
	filters = {"dimension": "Total", "grain": "Month", "day": ("between", ["2026-01-01", "2026-12-31"])}
	cells = frappe_site.get_all("Daily Figure", filters, ["figure", "day", "amount", "shown"])
	shown = {(cell.figure, cell.day.month) for cell in cells if cell.shown}
	assert {(row["figure"], row["month"]) for row in rows} == shown and cells
	assert all(set(row) == {"figure", "month", "amount"} for row in rows)


def test_everything_else_is_closed_to_a_program(as_role, made):
	reader = program(token_of(as_role("LSM Coordinator"), made(reads_agenda=1, reads_figures=1)))
	for address in CLOSED:
		answer = reader.get(address, allow_redirects=False)
		assert answer.status_code in (301, 302, 403, 404), (address, answer.status_code)
		assert "Traceback" not in answer.text


@pytest.mark.parametrize("closing", [{"enabled": 0}, {"valid_until": "2020-01-01"}, {"reads_agenda": 0}])
def test_a_token_ends_with_what_it_stood_for(as_role, made, frappe_site, closing):
	doc = made(reads_agenda=1)
	reader = program(token_of(as_role("LSM Coordinator"), doc))
	assert reader.get(AGENDA).status_code == 200
	frappe_site.db.rollback()
	doc.reload()
	doc.update(closing).save()
	frappe_site.db.commit()
	assert reader.get(AGENDA).status_code in (401, 403)


def test_a_new_token_ends_the_one_before(as_role, made):
	doc, coordinator = made(reads_agenda=1), as_role("LSM Coordinator")
	first, second = token_of(coordinator, doc), token_of(coordinator, doc)
	assert program(first).get(AGENDA).status_code in (401, 403) and program(second).get(AGENDA).status_code == 200
	assert program(second[:-1]).get(AGENDA).status_code in (401, 403)


def test_a_token_is_an_account_s_and_no_other_record_s(as_role, made):
	token = token_of(as_role("LSM Coordinator"), made(reads_agenda=1))
	reader = program(token, **{"Frappe-Authorization-Source": "Email Account"})
	assert reader.get(AGENDA).status_code in (401, 403, 417)


def test_the_token_of_a_disabled_person_opens_nothing(frappe_site):
	from frappe.utils.password import set_encrypted_password

	from lsm_crm.tests.factories import make_user

	user = make_user("LSM Case Worker", email="left@example.org")
	set_encrypted_password("User", user.name, "made-up-secret", "api_secret")
	user.db_set({"api_key": "leftkey", "enabled": 1})
	frappe_site.db.commit()
	assert program("leftkey:made-up-secret").get(OPENAPI).status_code == 200
	user.db_set("enabled", 0)
	frappe_site.db.commit()
	assert program("leftkey:made-up-secret").get(OPENAPI).status_code in (401, 403)


def test_the_coordinator_alone_makes_tokens(as_role, made):
	doc = made(reads_agenda=1)
	for role in ("LSM Case Worker", "LSM Board", "LSM Privacy Officer", "LSM Volunteer"):
		answer = as_role(role).post(MAKE, data={"name": doc.name, "modified": str(doc.modified)})
		assert answer.status_code == 403, role


def test_an_integration_is_for_a_year_at_most(made, frappe_site):
	with pytest.raises(frappe_site.ValidationError):
		made(valid_until=frappe_site.utils.add_days(frappe_site.utils.nowdate(), 400))
