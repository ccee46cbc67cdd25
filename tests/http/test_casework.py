"""Casework over HTTP as each role: what opens, what is refused, and what an answer may hold."""

from __future__ import annotations

import secrets

import pytest

MAY_SEARCH = {"LSM Front Office", "LSM Case Worker", "LSM Coordinator"}
STAFF = (
	"LSM Coordinator",
	"LSM Case Worker",
	"LSM Front Office",
	"LSM Volunteer Coordinator",
	"LSM Kitchen",
	"LSM Deliverer",
	"LSM Activity Lead",
	"LSM Treasurer",
	"LSM Language Helper",
	"LSM Board",
	"LSM Privacy Officer",
)
REQUEST = {
	"topics": ["Debt help"],
	"language": "ar",
	"services": ["Advice"],
	"mode": "Short or one-time",
	"minutes": 10,
}


@pytest.fixture(scope="module")
def client(frappe_site):
	"""A client with a name that no other text holds."""
	from lsm_crm.tests.factories import make_client

	doc = make_client(first_name="Kanarie", last_name="Zonderling", phone="0612398745", birth_year=1979)
	frappe_site.db.commit()
	return doc


@pytest.fixture
def referral(frappe_site, client):
	"""An offered referral with its link's secret."""
	from lsm_crm.services import referral_links
	from lsm_crm.tests.factories import make, make_consent, make_partner

	partner = make_partner(f"Partner {secrets.token_hex(4)}", accepts_referrals=1)
	consent = make_consent(client.name)
	doc = make("Referral", partner=partner.name, client=client.name, consent=consent.name, topic="Debt help")
	doc.secret = referral_links.new_link(doc)
	frappe_site.db.commit()
	return doc


@pytest.mark.parametrize("role", STAFF)
def test_who_may_search_for_people(as_role, client, role):
	answer = as_role(role).post("/api/method/lsm_crm.api.people.search", json={"text": "Canary Zonderling 1979"})
	if role in MAY_SEARCH:
		assert answer.status_code == 200, answer.text
		found = [row for row in answer.json()["message"] if row["client"] == client.name]
		assert found in ([], [{"client": client.name, "full_name": "Kanarie Zonderling", "birth_year": 1979}])
		by_phone = as_role(role).post("/api/method/lsm_crm.api.people.search", json={"text": "06 12398745"})
		assert [row["client"] for row in by_phone.json()["message"]] == [client.name]
		assert "12398745" not in by_phone.text
	else:
		assert answer.status_code == 403
		assert "Zonderling" not in answer.text


@pytest.mark.parametrize("role", STAFF)
def test_who_may_take_down_a_request(as_role, role):
	answer = as_role(role).post(
		"/api/method/lsm_crm.api.walk_in.register", json={"values": REQUEST, "token": secrets.token_hex(8)}
	)
	assert answer.status_code == (200 if role in MAY_SEARCH else 403), answer.text


@pytest.mark.parametrize(
	"doctype", ["Client", "Case", "Case Note", "Client Confidential", "Household", "Client Consent"]
)
def test_the_front_office_opens_no_client_and_no_case(as_role, client, doctype):
	session = as_role("LSM Front Office")
	for path in (f"/api/resource/{doctype}", f"/api/resource/{doctype}/{client.name}"):
		answer = session.get(path)
		assert answer.status_code in (403, 404), (path, answer.status_code)
		assert "Zonderling" not in answer.text


def test_a_request_is_stored_once_and_becomes_one_case(as_role, frappe_site):
	session, token = as_role("LSM Front Office"), secrets.token_hex(8)
	values = {**REQUEST, "services": [], "note": "Cannot pay the rent"}
	names = {
		session.post("/api/method/lsm_crm.api.walk_in.register", json={"values": values, "token": token}).json()[
			"message"
		]["name"]
		for _time in range(3)
	}
	assert len(names) == 1
	body = {
		"request": names.pop(),
		"case_type": "Other",
		"person": {"first_name": "Nieuwe", "preferred_language": "ar"},
	}
	made = [
		session.post("/api/method/lsm_crm.api.walk_in.make_case", json=body).json()["message"] for _time in range(2)
	]
	assert made[0] == made[1]
	assert session.get(f"/api/resource/Case/{made[0]['case']}").status_code == 403
	assert as_role("LSM Coordinator").get(f"/api/resource/Case/{made[0]['case']}").status_code == 200


def test_reading_functions_do_not_take_post_and_the_other_way_round(as_role):
	session = as_role("LSM Coordinator")
	assert session.get("/api/method/lsm_crm.api.people.search?text=x").status_code == 403
	assert session.get("/api/method/lsm_crm.api.cases.hand_over?leaving=a&successor=b&reason=c").status_code == 403
	assert session.post("/api/method/lsm_crm.api.walk_in.options", json={}).status_code == 403


@pytest.mark.parametrize(
	("method", "body"),
	[
		("people.merge", {"keep": "CL-00001", "merge": "CL-00002", "reason": "x"}),
		("cases.hand_over", {"leaving": "a@example.org", "successor": "b@example.org", "reason": "x"}),
	],
)
@pytest.mark.parametrize("role", [role for role in STAFF if role != "LSM Coordinator"])
def test_only_the_coordinator_merges_and_hands_over(as_role, role, method, body):
	assert as_role(role).post(f"/api/method/lsm_crm.api.{method}", json=body).status_code == 403


def test_a_bsn_is_held_up_with_a_sentence(as_role):
	values = {**REQUEST, "note": "123456782"}
	answer = as_role("LSM Front Office").post(
		"/api/method/lsm_crm.api.walk_in.register", json={"values": values, "token": secrets.token_hex(8)}
	)
	assert answer.status_code == 417
	assert "BSN" in answer.text


def test_a_case_worker_cannot_reach_a_foreign_client_by_a_link(as_role, client):
	body = {"client": client.name, "case_type": "Other", "subject": "x"}
	answer = as_role("LSM Case Worker").post("/api/resource/Case", json=body)
	assert answer.status_code == 403
	assert "Zonderling" not in answer.text


def test_looking_at_a_partner_s_link_changes_nothing(guest, referral, frappe_site):
	for _time in range(2):
		page = guest.get(f"/partner/referral/{referral.secret}", headers={"Accept": "text/html"})
		assert page.status_code == 200
		assert "Kanarie Zonderling" in page.text
		assert "12398745" not in page.text  # the consent covers name and topic alone
		assert page.headers["Cache-Control"] == "no-store"
	frappe_site.db.rollback()
	assert frappe_site.db.get_value("Referral", referral.name, "workflow_state") == "Offered"


def test_the_partner_accepts_by_post(guest, referral, frappe_site):
	address = f"/partner/referral/{referral.secret}"
	refused = guest.post(address, data={"answer": "refuse"}, headers={"Accept": "text/html"})
	assert refused.status_code == 422
	answer = guest.post(
		address, data={"answer": "accept", "answered_by": "Mw. De Wit"}, headers={"Accept": "text/html"}
	)
	assert answer.status_code == 200
	frappe_site.db.rollback()
	assert frappe_site.db.get_value("Referral", referral.name, ["workflow_state", "answered_by"]) == (
		"Accepted",
		"Mw. De Wit",
	)


def test_guessed_and_expired_links_say_nothing(guest, referral, frappe_site):
	frappe_site.db.set_value("Referral", referral.name, "link_expires_on", "2020-01-01 00:00:00")
	frappe_site.db.commit()
	for secret in (referral.secret, "x", "a" * 43, referral.name, "%27%20or%201=1"):
		for method in ("GET", "POST"):
			answer = guest.request(
				method, f"/partner/referral/{secret}", data={"answer": "accept"}, headers={"Accept": "text/html"}
			)
			assert answer.status_code == 404, (secret, method)
			assert "Zonderling" not in answer.text


def test_own_appointments_for_a_phone(as_role, guest):
	made = as_role("LSM Case Worker").post("/api/method/lsm_crm.api.cases.new_calendar_address", json={})
	assert made.status_code == 200, made.text
	address = "/appointments/" + made.json()["message"].rsplit("/", 1)[1]
	feed = guest.get(address)
	assert feed.status_code == 200 and feed.text.startswith("BEGIN:VCALENDAR")
	for wrong in ("/appointments/x.ics", address.replace(".ics", "a.ics"), "/appointments/"):
		assert guest.get(wrong).status_code == 404, wrong


def test_a_search_and_a_partner_s_reading_are_in_the_access_log(as_role, guest, client, referral):
	from lsm_crm.services import read_log

	def readings(door: str) -> int:
		return read_log.count({"subject": client.name, "door": door})

	searched, looked = readings("search"), readings("partner's link")
	as_role("LSM Front Office").post("/api/method/lsm_crm.api.people.search", json={"text": "06 12398745"})
	assert readings("search") == searched + 1
	as_role("LSM Kitchen").post("/api/method/lsm_crm.api.people.search", json={"text": "06 12398745"})
	assert readings("search") == searched + 1
	guest.get(f"/partner/referral/{referral.secret}", headers={"Accept": "text/html"})
	assert readings("partner's link") == looked + 1
	guest.get("/partner/referral/" + "a" * 43, headers={"Accept": "text/html"})
	assert readings("partner's link") == looked + 1


def test_the_coordinator_merges_two_records_and_the_log_names_both(as_role, frappe_site):
	from lsm_crm.services import read_log
	from lsm_crm.tests.factories import make_client

	kept, gone = make_client(first_name="Tjiftjaf"), make_client(first_name="Tjif Tjaf")
	frappe_site.db.commit()
	body = {"keep": kept.name, "merge": gone.name, "reason": "Same phone"}
	answer = as_role("LSM Coordinator").post("/api/method/lsm_crm.api.people.merge", json=body)
	assert answer.status_code == 200, answer.text
	frappe_site.db.rollback()
	assert frappe_site.db.get_value("Client", gone.name, ["status", "merged_into"]) == ("Merged", kept.name)
	assert [row["door"] for row in read_log.find({"subject": kept.name})] == ["merge"]
	again = as_role("LSM Coordinator").post("/api/method/lsm_crm.api.people.merge", json=body)
	assert again.status_code == 417
