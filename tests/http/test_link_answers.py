"""Whether a linked record exists, as asked by a form or a filter: of one that the caller may not see the answer is that of none."""

from __future__ import annotations

import pytest

LINK = "/api/method/frappe.client.validate_link"
GET = "/api/method/frappe.client.get"


@pytest.fixture
def clients(frappe_site, account_of):
	"""(a client of the sample case worker, one of nobody's)"""
	from lsm_crm.tests.factories import make_case, make_client

	frappe_site.db.rollback()
	mine, foreign = make_client(first_name="Mijn"), make_client(first_name="Ander")
	make_case(mine.name, worker=account_of("LSM Case Worker")["user"])
	frappe_site.db.commit()
	return mine.name, foreign.name


def test_a_foreign_client_is_answered_as_none(as_role, clients):
	mine, foreign = clients
	session = as_role("LSM Case Worker")

	def ask(name: str):
		return session.post(LINK, data={"doctype": "Client", "docname": name, "fields": '["first_name"]'})

	assert ask(mine).json()["message"] == {"name": mine, "first_name": "Mijn"}
	hidden, none = ask(foreign), ask("CLI-no-such")
	assert (hidden.status_code, hidden.json()) == (none.status_code, none.json())
	assert not hidden.json()["message"].get("name")


def test_a_name_is_no_question(as_role, clients):
	"""In a JSON body a name could be a filter; what matches and what does not would be answered differently."""
	session = as_role("LSM Case Worker")
	for path, key in ((LINK, "docname"), (GET, "name"), (GET, "filters")):
		answers = [
			session.post(path, json={"doctype": "Client", key: {"first_name": name}}) for name in ("Ander", "Niemand")
		]
		told = [(answer.status_code, answer.json().get("message"), answer.json().get("exc_type")) for answer in answers]
		assert told[0] == told[1], (path, key, told)


def test_one_is_found_among_ones_own(as_role, clients):
	answer = as_role("LSM Case Worker").post(GET, json={"doctype": "Client", "filters": {"name": clients[0]}})
	assert answer.json()["message"]["name"] == clients[0]


def test_a_kind_of_record_that_is_closed_stays_so(as_role, clients):
	answer = as_role("LSM Kitchen").post(LINK, data={"doctype": "Client", "docname": clients[0]})
	assert answer.status_code == 403
