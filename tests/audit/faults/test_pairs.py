"""Two at the same moment: a form sent twice makes one record, and of two editors one is told that the other was first."""

from __future__ import annotations

import random
import secrets
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.audit.faults.load import REGISTER, VALUES, copy_of
from tests.figures import figure

WHOLE, SHORT = 200, 12


def both(*calls) -> list:
	"""Make the calls at the same moment; their answers in order."""
	barrier = threading.Barrier(len(calls))

	def go(call):
		barrier.wait(20)
		return call()

	with ThreadPoolExecutor(len(calls)) as pool:
		return list(pool.map(go, calls))


@pytest.fixture
def pairs(request) -> int:
	return WHOLE if request.config.getoption("--audit") else SHORT


def test_sent_twice_is_one_row(as_role, frappe_site, rows, pairs):
	twins = [copy_of(as_role("LSM Front Office")) for _number in range(2)]
	mark, answers = secrets.token_hex(5), Counter()
	for number in range(pairs):
		body = {"values": VALUES, "token": f"{mark}-{number}"}
		given = both(*(lambda twin=twin, body=body: twin.post(REGISTER, json=body) for twin in twins))
		names = {answer.json()["message"]["name"] for answer in given if answer.status_code == 200}
		assert len(names) == 1, [answer.text[:200] for answer in given]
		answers.update(answer.status_code for answer in given)
	stored = rows("Help Request", {"source_key": ("like", f"%{mark}-%")}, ["name", "source_key"])
	figure(
		"faults",
		f"{pairs} double submits: {len(stored)} rows, answers {dict(answers)}",
		"one row for each of 200 pairs",
	)
	assert len(stored) == len({row.source_key for row in stored}) == pairs
	assert set(answers) == {200}


def test_of_two_editors_one_is_refused(as_role, frappe_site, pairs):
	from lsm_crm.tests.factories import make_case

	worker = as_role("LSM Case Worker")
	user = worker.get("/api/method/frappe.auth.get_logged_user").json()["message"]
	case = make_case(worker=user)
	frappe_site.db.commit()
	note = worker.post("/api/resource/Case Note", json={"case": case.name, "kind": "Note", "text": "first"}).json()[
		"data"
	]
	path, outcomes, overwritten = f"/api/resource/Case Note/{note['name']}", Counter(), 0
	twins = [copy_of(worker) for _number in range(2)]
	numbers = random.Random(secrets.randbits(32))
	for number in range(pairs):
		modified = worker.get(path).json()["data"]["modified"]
		texts = [f"pair {number} editor {which} {numbers.random()}" for which in range(2)]
		given = both(
			*(
				lambda twin=twin, text=text, modified=modified: twin.put(
					path, json={"modified": modified, "text": text}
				)
				for twin, text in zip(twins, texts, strict=True)
			)
		)
		outcomes[tuple(sorted(answer.status_code for answer in given))] += 1
		winners = [text for text, answer in zip(texts, given, strict=True) if answer.status_code == 200]
		overwritten += [worker.get(path).json()["data"]["text"]] != winners
	figure(
		"faults",
		f"{pairs} pairs of editors: {dict(outcomes)}, {overwritten} silently overwritten",
		"one stored and one refused in each of 200 pairs, 0",
	)
	assert overwritten == 0
	assert all(200 in pair and max(pair) in (409, 417) for pair in outcomes) and sum(outcomes.values()) == pairs
