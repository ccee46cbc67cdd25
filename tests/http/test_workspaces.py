"""Each role begins at its own workspace, and nothing on it gives the board a person."""

from __future__ import annotations

import json
from datetime import date

import pytest

from config.services.bench import ROOT
from tests.support import WORKSPACES

APP = ROOT / "apps" / "lsm_crm" / "lsm_crm"
PERSONS = (
	"Client",
	"Case",
	"Volunteer",
	"Help Request",
	"Hours Entry",
	"Pupil",
	"Catering Order",
	"Annual Report Source",
)


def call(session, method: str, **data):
	return session.post(f"/api/method/{method}", data=data)


def records(kind: str) -> dict[str, dict]:
	found = (json.loads(path.read_text()) for path in sorted(APP.glob(f"lsm_*/{kind}/*/*.json")))
	return {record["name"]: record for record in found}


def boot_of(session) -> dict:
	page = session.get("/app", headers={"Accept": "text/html"}).text
	start = page.index("frappe.boot = JSON.parse(") + len("frappe.boot = JSON.parse(")
	return json.loads(json.JSONDecoder().raw_decode(page, start)[0])


def page_of(session, name: str) -> dict:
	answer = call(session, "frappe.desk.desktop.get_desktop_page", page=json.dumps({"name": name, "title": name}))
	assert answer.status_code == 200, answer.text[:300]
	return answer.json()["message"]


@pytest.mark.parametrize(("role", "workspace"), WORKSPACES.items())
def test_a_role_sees_its_own_workspace_alone(as_role, role, workspace):
	answer = call(as_role(role), "frappe.desk.desktop.get_workspace_sidebar_items").json()["message"]
	assert [page["name"] for page in answer["pages"]] == [workspace]
	assert not answer["has_access"]


@pytest.mark.parametrize(("role", "workspace"), WORKSPACES.items())
def test_every_card_of_a_workspace_gives_its_role_a_number(as_role, role, workspace):
	session = as_role(role)
	cards = records("number_card")
	shown = page_of(session, workspace)["number_cards"]["items"]
	assert shown, f"{workspace} has no number card for {role}"
	for row in shown:
		card = cards[row["number_card_name"]]
		answer = call(
			session,
			"frappe.desk.doctype.number_card.number_card.get_result",
			doc=json.dumps({"name": card["name"]}),
			filters=card["filters_json"],
		)
		assert answer.status_code == 200, f"{card['name']}: {answer.text[:300]}"
		assert isinstance(answer.json()["message"], int)


@pytest.mark.parametrize(("role", "workspace"), WORKSPACES.items())
def test_every_chart_of_a_workspace_runs_for_its_role(as_role, role, workspace):
	session = as_role(role)
	charts = records("dashboard_chart")
	for row in page_of(session, workspace)["charts"]["items"]:
		chart = charts[row["chart_name"]]
		answer = call(
			session, "frappe.desk.query_report.run", report_name=chart["report_name"], filters=chart["filters_json"]
		)
		assert answer.status_code == 200, f"{chart['name']}: {answer.text[:300]}"


def test_the_board_gets_no_card_of_another_role(as_role):
	session = as_role("LSM Board")
	for card in records("number_card").values():
		answer = call(
			session,
			"frappe.desk.doctype.number_card.number_card.get_result",
			doc=json.dumps({"name": card["name"]}),
			filters="[]",
		)
		if card["document_type"] in ("Daily Figure", "Funding", "Signal"):
			assert answer.status_code == 200, card["name"]
		else:
			assert answer.status_code == 403, f"{card['name']}: {answer.status_code} {answer.text[:200]}"


def test_the_board_runs_no_report_on_persons(as_role):
	session = as_role("LSM Board")
	for report in records("report").values():
		answer = call(session, "frappe.desk.query_report.run", report_name=report["name"], filters="{}")
		allowed = any(row["role"] == "LSM Board" for row in report["roles"])
		assert (answer.status_code == 200) is allowed, f"{report['name']}: {answer.status_code}"
		assert report["ref_doctype"] == "Daily Figure" or not allowed


@pytest.mark.parametrize("doctype", PERSONS)
def test_the_board_reads_no_personal_record(as_role, doctype):
	session = as_role("LSM Board")
	assert call(session, "frappe.desk.reportview.get_count", doctype=doctype, filters="[]").status_code == 403
	assert session.get(f"/api/resource/{doctype}").status_code == 403


def test_the_board_reads_no_day_and_no_small_number(as_role, frappe_site):
	from lsm_crm.services.figures import roll_up
	from lsm_crm.services.figures.suppression import FEWEST

	roll_up.rebuild(date(date.today().year, 1, 1), date.today())
	frappe_site.db.commit()
	answer = call(
		as_role("LSM Board"),
		"frappe.desk.reportview.get",
		doctype="Daily Figure",
		fields=json.dumps(["name", "grain", "people", "shown"]),
		page_length=5000,
	)
	assert answer.status_code == 200, answer.text[:300]
	message = answer.json()["message"]
	rows = [dict(zip(message["keys"], row, strict=True)) for row in message["values"]]
	assert rows, "the sample data gives the board some figures"
	assert all(row["grain"] != "Day" and row["people"] >= FEWEST for row in rows)
	report = call(
		as_role("LSM Board"),
		"frappe.desk.query_report.run",
		report_name="Figures of a Year",
		filters=json.dumps({"year": date.today().year, "figure": "Help Requests", "split": "Topic"}),
	).json()["message"]
	exact = call(
		as_role("LSM Coordinator"),
		"frappe.desk.query_report.run",
		report_name="Figures of a Year",
		filters=json.dumps({"year": date.today().year, "figure": "Help Requests", "split": "Topic"}),
	).json()["message"]
	small = {row["item"] for row in exact["result"] if 0 < row["year_number"] < FEWEST}
	assert small, "the sample data has a topic that few asked about"
	assert not [row for row in report["result"] if row["item"] in small and row["year_number"]]


def test_a_deliverer_cannot_count_again_or_close_a_year(as_role):
	for role in ("LSM Deliverer", "LSM Board"):
		assert call(as_role(role), "lsm_crm.api.insight.count_figures").status_code == 403
		answer = call(as_role(role), "lsm_crm.api.insight.close_annual_report", name="2021", modified="2021-01-01")
		assert answer.status_code in (403, 404)


def test_a_card_on_a_board_moves_only_from_the_version_seen(as_role, rows):
	session = as_role("LSM Case Worker")
	mine = session.get(
		"/api/resource/Case",
		params={"filters": json.dumps([["workflow_state", "=", "Intake"]]), "fields": '["name", "modified"]'},
	).json()["data"]
	assert mine, "the sample data has a case in intake"
	step = {"board_name": "Cases", "docname": mine[0]["name"], "from_colname": "Intake", "to_colname": "In Progress"}
	old = call(session, "lsm_crm.api.kanban.move", **step, modified="2020-01-01 00:00:00.000000")
	assert old.status_code == 417, old.text[:300]
	wrong = call(session, "lsm_crm.api.kanban.move", **{**step, "to_colname": "Closed"}, modified=mine[0]["modified"])
	assert wrong.status_code == 417, wrong.text[:300]
	assert rows("Case", {"name": mine[0]["name"]}, ["workflow_state"])[0]["workflow_state"] == "Intake"
	right = call(session, "lsm_crm.api.kanban.move", **step, modified=mine[0]["modified"])
	assert right.status_code == 200, right.text[:300]
	assert rows("Case", {"name": mine[0]["name"]}, ["workflow_state"])[0]["workflow_state"] == "In Progress"


@pytest.mark.parametrize(
	("role", "doctype"),
	[
		("LSM Activity Lead", "LSM Event"),
		("LSM Activity Lead", "Lesson"),
		("LSM Volunteer Coordinator", "Volunteer Shift"),
		("LSM Case Worker", "Client Appointment"),
		("LSM Kitchen", "Catering Order"),
	],
)
def test_calendars_give_plain_fields(as_role, role, doctype):
	answer = as_role(role).get(
		"/api/method/lsm_crm.api.calendars.get_events",
		params={
			"doctype": doctype,
			"start": f"{date.today().year}-01-01",
			"end": f"{date.today().year}-12-31",
			"field_map": '{"start": "start"}',
			"filters": "[]",
		},
	)
	assert answer.status_code == 200, answer.text[:300]
	for event in answer.json()["message"]:
		assert set(event) == {"name", "doctype", "title", "start", "end", "all_day", "look", "modified"}


@pytest.mark.parametrize("role", WORKSPACES)
def test_the_first_link_above_a_page_leads_to_a_workspace_of_ones_own(as_role, role):
	boot = boot_of(as_role(role))
	own = {page["name"] for page in boot["allowed_workspaces"]}
	linked = {name for names in boot["module_wise_workspaces"].values() for name in names}
	assert WORKSPACES[role] in linked
	assert linked <= own
