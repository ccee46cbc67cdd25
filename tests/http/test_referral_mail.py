"""A referral by mail, through a real mail server: the link, what stands behind it, and each answer of the partner."""

from __future__ import annotations

import re
import secrets

import pytest

from tests.support import Session


@pytest.fixture
def referral(frappe_site, account_of):
	"""A referral of the sample case worker, with a story that the consent covers."""
	from lsm_crm.tests.factories import make, make_case, make_client, make_consent, make_partner

	mark = secrets.token_hex(4)
	partner = make_partner(f"Partner {mark}", accepts_referrals=1)
	partner.db_set("email", f"{mark}@example.org")
	client = make_client(first_name="Wielewaal", last_name="Zonderling", phone="0612398000")
	worker = account_of("LSM Case Worker")["user"]
	case = make_case(client.name, worker=worker)
	consent = make_consent(client.name, share_story=1)
	doc = make(
		"Referral",
		partner=partner.name,
		case=case.name,
		client=client.name,
		consent=consent.name,
		topic="Debt help",
		message="Three letters of a bailiff",
		worker=worker,
	)
	frappe_site.db.commit()
	doc.mail, doc.consent_name = f"{mark}@example.org", consent.name
	return doc


def mail_it(as_role, mailbox, referral) -> str:
	"""The case worker sends it; gives the path of the link that arrived."""
	answer = as_role("LSM Case Worker").post(
		"/api/method/lsm_crm.api.cases.send_referral", json={"referral": referral.name}
	)
	assert answer.status_code == 200 and answer.json()["message"] is True, answer.text
	mailbox.send_queue(referral.mail)
	mail = mailbox.mails_to(referral.mail)[-1]
	for about_the_person in ("Wielewaal", "Zonderling", "12398000", "bailiff", "Schuldhulp", "Debt help"):
		assert about_the_person not in str(mail)
	return re.search(r"(/partner/referral/[\w-]+)", mail["text/plain"]).group(1)


def press(path: str, **values):
	return Session().post(path, data=values, headers={"Accept": "text/html"})


def look(path: str):
	return Session().get(path, headers={"Accept": "text/html"})


def stored(rows, referral, *fields):
	row = rows("Referral", {"name": referral.name}, fields)[0]
	return tuple(row[field] for field in fields)


def test_the_partner_accepts_and_reports_the_result(as_role, mailbox, referral, rows):
	path = mail_it(as_role, mailbox, referral)
	page = look(path)
	assert "Wielewaal Zonderling" in page.text and "Three letters of a bailiff" in page.text
	assert "12398000" not in page.text  # contact data are not in this consent
	assert stored(rows, referral, "workflow_state") == ("Offered",)
	assert press(path, answer="accept", answered_by="Mw. De Wit").status_code == 200
	assert stored(rows, referral, "workflow_state", "answered_by") == ("Accepted", "Mw. De Wit")
	assert press(path, answer="result").status_code == 422  # which result?
	assert press(path, answer="result", result="Helped").status_code == 200
	assert stored(rows, referral, "workflow_state", "result") == ("Done", "Helped")
	gone = look(path)
	assert gone.status_code == 404 and "Wielewaal" not in gone.text


def test_the_partner_refuses_with_a_reason(as_role, mailbox, referral, rows):
	path = mail_it(as_role, mailbox, referral)
	assert press(path, answer="refuse").status_code == 422
	reason = re.search(r'<option value="([^"]+)"', look(path).text).group(1)
	assert press(path, answer="refuse", refusal_reason=reason).status_code == 200
	assert stored(rows, referral, "workflow_state", "refusal_reason") == ("Refused", reason)


def test_a_second_mail_ends_the_first_link_and_a_withdrawn_consent_empties_the_page(
	as_role, mailbox, referral, frappe_site
):
	first = mail_it(as_role, mailbox, referral)
	second = mail_it(as_role, mailbox, referral)
	assert look(first).status_code == 404
	assert "Wielewaal" in look(second).text
	frappe_site.db.set_value("Client Consent", referral.consent_name, "withdrawn_on", frappe_site.utils.nowdate())
	frappe_site.db.commit()
	assert "Wielewaal" not in look(second).text
	refused = as_role("LSM Case Worker").post(
		"/api/method/lsm_crm.api.cases.send_referral", json={"referral": referral.name}
	)
	assert refused.status_code == 417 and re.search("withdrawn|ingetrokken", refused.text)


def test_only_who_works_on_it_sends_it(as_role, referral):
	for role in ("LSM Front Office", "LSM Kitchen", "LSM Board"):
		answer = as_role(role).post("/api/method/lsm_crm.api.cases.send_referral", json={"referral": referral.name})
		assert answer.status_code == 403, role
