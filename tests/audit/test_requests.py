"""Made-up and mutated requests to allowed functions: no unexplained server error, no trace shown, no change by who has no right."""

from __future__ import annotations

import json
import os
import random

import pytest

from lsm_crm.guard.lists import merged
from tests.figures import figure

SEED = int(os.environ.get("LSM_SEED") or 20261122)
WHOLE = 20_000
WORDS = (
	"Client",
	"Case",
	"User",
	"CL-00001",
	"name",
	"modified",
	"read",
	"",
	"0",
	"-1",
	"1e309",
	"null",
	"[]",
	"{}",
	"[[",
	"\x00",
	"é" * 300,
)
HOSTILE = (
	"' or 1=1 -- ",
	"`tabUser`",
	"../../etc/passwd",
	"<script>x</script>",
	"{{7*7}}",
	"%00",
	"${x}",
	'{"doctype":"Client"}',
	'[["Client","name","=","x"]]',
)
KEYS = (
	"doctype",
	"name",
	"docname",
	"filters",
	"fields",
	"order_by",
	"doc",
	"docs",
	"txt",
	"query",
	"dt",
	"dn",
	"method",
	"args",
	"fieldname",
	"report_name",
	"page_length",
	"start",
	"action",
	"items",
	"field",
	"key",
	"user",
)
ROLES = ("LSM Case Worker", "LSM Front Office", "LSM Board", "LSM Volunteer")


def made_up(numbers: random.Random) -> dict:
	def value():
		kind = numbers.random()
		if kind < 0.4:
			return numbers.choice(WORDS)
		if kind < 0.7:
			return numbers.choice(HOSTILE)
		if kind < 0.85:
			return json.dumps({numbers.choice(KEYS): numbers.choice(WORDS + HOSTILE)})
		return json.dumps([numbers.choice(WORDS + HOSTILE) for _ in range(numbers.randrange(4))])

	return {key: value() for key in numbers.sample(KEYS, numbers.randrange(1, 7))}


def test_made_up_requests(as_role, guest, rows, request, capsys):
	numbers = random.Random(SEED)
	if not request.config.getoption("--audit"):
		pytest.skip("a part of ./lsm audit")
	total = int(os.environ.get("LSM_REQUESTS") or WHOLE)
	before = {
		doctype: {row["name"]: str(row["modified"]) for row in rows(doctype, fields=("name", "modified"))}
		for doctype in ("Client", "Case")
	}
	groups = {"guest": ("guest",), "LSM Volunteer": ("guest", "portal")}
	errors, traces = {}, []
	for number in range(total):
		who = numbers.choice((*ROLES, "guest"))
		allowed = sorted(merged("FUNCTIONS", frozenset(groups.get(who, ("guest", "portal", "staff")))))
		function = numbers.choice(
			[name for name in allowed if not name.endswith(("logout", "sessions.clear", ".login")) and name != "login"]
		)
		session = guest if who == "guest" else as_role(who)
		arguments = made_up(numbers)
		answer = session.post(f"/api/method/{function}", data=arguments)
		if answer.status_code >= 500:
			errors.setdefault(function, (number, answer.status_code, arguments, answer.text[:200]))
		if "Traceback (most recent call last)" in answer.text or "/apps/frappe/" in answer.text:
			traces.append((number, function))
	after = {
		doctype: {row["name"]: str(row["modified"]) for row in rows(doctype, fields=("name", "modified"))}
		for doctype in ("Client", "Case")
	}
	changed = {doctype: before[doctype].items() - after[doctype].items() for doctype in before}
	with capsys.disabled():
		print(
			f"\nrequests (seed {SEED}): {total} made up, {len(errors)} functions with server errors, {len(traces)} traces"
		)
		for function, found in sorted(errors.items()):
			print(f"  {function}: {found}")
	figure(
		"requests",
		f"{total} made-up requests, {len(errors)} functions with unexplained errors, {len(traces)} traces",
		"20,000, 0, 0",
		SEED,
	)
	assert traces == []
	assert not any(changed.values()), changed
	assert errors == {}
