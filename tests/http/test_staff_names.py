"""Names instead of account addresses: whose the desk is told, and whose not."""

from __future__ import annotations

import json

import pytest

from tests.support import Session

TITLE = "/api/method/frappe.desk.search.get_link_title"
LOAD = "/api/method/frappe.desk.form.load.getdoc"
SEARCH = "/api/method/frappe.desk.search.search_link"


def told_at_start(session: Session) -> dict[str, str]:
	page = session.get("/app", headers={"Accept": "text/html"}).text
	boot, _end = json.JSONDecoder().raw_decode(page.split("frappe.boot = JSON.parse(", 1)[1])
	return json.loads(boot)["staff_names"]


@pytest.mark.parametrize("role", ["LSM Case Worker", "LSM Kitchen", "LSM Board"])
def test_the_desk_knows_colleagues_and_nobody_of_the_portal(as_role, account_of, rows, role):
	told = told_at_start(as_role(role))
	worker = account_of("LSM Case Worker")["user"]
	assert told[worker] == rows("User", {"name": worker}, ["full_name"])[0].full_name
	portal = {row.name for row in rows("User", {"user_type": "Website User"})}
	assert account_of("LSM Volunteer")["user"] in portal and not portal & set(told)


def test_a_form_names_its_people(as_role, account_of, rows):
	worker = account_of("LSM Case Worker")["user"]
	case = rows("Case", {"worker": worker})[0].name
	titles = as_role("LSM Case Worker").get(LOAD, params={"doctype": "Case", "name": case}).json()["_link_titles"]
	assert titles[f"User::{worker}"] == rows("User", {"name": worker}, ["full_name"])[0].full_name


def test_a_portal_account_stays_an_address(as_role, account_of, rows):
	account = account_of("LSM Volunteer")["user"]
	volunteer = rows("Volunteer", {"user": account})[0].name
	answer = as_role("LSM Volunteer Coordinator").get(LOAD, params={"doctype": "Volunteer", "name": volunteer})
	assert answer.status_code == 200 and f"User::{account}" not in answer.json().get("_link_titles", {})


def test_no_account_is_asked_for_by_its_address(as_role, account_of):
	for role in ("LSM Case Worker", "LSM Volunteer", "LSM Kitchen"):
		for asked in ("LSM Coordinator", "LSM Volunteer"):
			data = {"doctype": "User", "docname": account_of(asked)["user"]}
			assert as_role(role).get(TITLE, params=data).status_code == 403, (role, asked)


def test_a_link_field_offers_names(as_role, account_of, rows):
	worker = account_of("LSM Case Worker")["user"]
	data = {"doctype": "User", "txt": worker, "query": "lsm_crm.api.people.staff_with_role"}
	data["filters"] = json.dumps({"role": "LSM Case Worker"})
	answer = as_role("LSM Coordinator").post(SEARCH, data=data).json()
	name = rows("User", {"name": worker}, ["full_name"])[0].full_name
	assert {"value": worker, "label": name, "description": worker} in (answer.get("results") or answer["message"])
