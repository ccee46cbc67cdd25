"""Each role over HTTP: it logs in, sees its workspace, lists what the role table gives it and is refused the rest."""

from __future__ import annotations

import json

import pytest

from lsm_crm import permission_table
from lsm_crm.constants import BOARD, DELIVERER, FRONT_OFFICE, KITCHEN, STAFF_ROLES, VOLUNTEER, VOLUNTEER_COORDINATOR
from tests.support import WORKSPACES

# Records of people, and one list that each role works with.
PEOPLE = ("Client", "Client Confidential", "Case", "Case Note", "Help Request", "Volunteer", "Screening Item", "Pupil")
PEOPLE += ("Senior Registration", "Event Registration", "Kidsoase Child", "Volunteer Bank Account", "Client Consent")
OWN_LIST = {
	"LSM Coordinator": "Case",
	"LSM Front Office": "Help Request",
	"LSM Case Worker": "Case",
	"LSM Volunteer Coordinator": "Volunteer",
	"LSM Kitchen": "Catering Order",
	"LSM Deliverer": "Catering Order",
	"LSM Activity Lead": "LSM Event",
	"LSM Treasurer": "Volunteer Expense",
	"LSM Language Helper": "Language",
}


def listed(session, doctype: str):
	return session.get(f"/api/resource/{doctype}", params={"limit_page_length": 5})


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_the_first_workspace_is_the_role_s_own(as_role, role):
	answer = as_role(role).get("/api/method/frappe.desk.desktop.get_workspace_sidebar_items")
	assert answer.status_code == 200, answer.text[:500]
	pages = [page["name"] for page in answer.json()["message"]["pages"] if page["public"]]
	assert pages == [WORKSPACES[role]]
	asked = {"page": json.dumps({"name": pages[0], "title": pages[0], "public": 1})}
	page = as_role(role).post("/api/method/frappe.desk.desktop.get_desktop_page", data=asked)
	assert page.status_code == 200 and page.json()["message"]["shortcuts"]["items"], page.text[:500]


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_lists_what_the_table_gives_and_is_refused_the_rest(as_role, role):
	table = permission_table.load()
	for doctype in PEOPLE:
		may = "read" in table.get(doctype, {}).get(role, {}).get("actions", ())
		answer = listed(as_role(role), doctype)
		assert (answer.status_code == 200) == may, f"{role}, {doctype}: {answer.status_code} {answer.text[:300]}"
		if not may:
			assert answer.status_code == 403 and "data" not in answer.json()


@pytest.mark.parametrize("role", sorted(OWN_LIST))
def test_sees_rows_to_work_with(as_role, role):
	answer = listed(as_role(role), OWN_LIST[role])
	assert answer.status_code == 200 and answer.json()["data"], answer.text[:300]


@pytest.mark.parametrize("role", [KITCHEN, DELIVERER, BOARD, FRONT_OFFICE, VOLUNTEER_COORDINATOR, VOLUNTEER])
def test_cannot_open_a_client_or_case_by_its_number(as_role, rows, role):
	for doctype in ("Client", "Case"):
		name = rows(doctype, {}, ["name"])[0].name
		answer = as_role(role).get(f"/api/resource/{doctype}/{name}")
		assert answer.status_code in (403, 404), f"{role}, {doctype}: {answer.status_code}"
		assert "first_name" not in answer.text and "subject" not in answer.text


def test_a_volunteer_has_no_desk(as_role):
	session = as_role(VOLUNTEER)
	desk = session.get("/app", headers={"Accept": "text/html"})
	assert "frappe.boot" not in desk.text
	for doctype in PEOPLE:
		assert listed(session, doctype).status_code == 403, doctype
	assert session.get("/portal/me", headers={"Accept": "text/html"}).status_code == 200


def test_a_visitor_gets_no_list(guest):
	for doctype in PEOPLE:
		assert listed(guest, doctype).status_code in (401, 403), doctype
