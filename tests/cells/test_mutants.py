"""One permission rule taken away at a time: the cells that name it must notice."""

from __future__ import annotations

import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.services.bench import ROOT
from lsm_crm import permission_table
from lsm_crm.constants import STAFF_ROLES
from tests.cells import test_cells
from tests.figures import SEED, figure
from tests.support import BENCH, Session
from tests.weakened import HEADER

SAMPLE = 60
SHORT = 3
MUST_NOTICE = 0.95
AT_ONCE = 4


def row_rules() -> list[tuple[str, list[tuple[str, str]]]]:
	"""(the rule's name for the weakened program, the (role, DocType) pairs whose cells name it)."""
	entries = [
		(role, doctype, entry["rows"])
		for doctype, roles in permission_table.load().items()
		for role, entry in roles.items()
		if entry["rows"] != "all" and "read" in entry["actions"] and role in STAFF_ROLES
	]
	one_by_one = [(f"row|{doctype}|{role}", [(role, doctype)]) for role, doctype, _rule in entries]
	whole_rules = [
		(f"rule|{rule}", [(role, doctype) for role, doctype, named in entries if named == rule])
		for rule in sorted({rule for _role, _doctype, rule in entries})
	]
	return one_by_one + whole_rules


@pytest.fixture(scope="module")
def weakened(free_port):
	"""Where the program that lacks one rule in each request listens; it runs on the test site and for this test only."""
	port = free_port
	with open(BENCH.logs / "weakened.log", "w") as log:
		web = subprocess.Popen(
			[
				*(str(ROOT / "env/bin/gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "1", "--threads", "4"),
				*("--no-control-socket", "tests.weakened:mutant_application()"),
			],
			cwd=BENCH.sites,
			env={**BENCH.environment(), "PYTHONPATH": str(ROOT)},
			stdout=log,
			stderr=log,
		)
	yield f"http://127.0.0.1:{port}"
	web.terminate()
	web.wait(20)


class WeakenedSession(Session):
	"""A session with the program that lacks the rule which `without` names."""

	def __init__(self, address: str):
		super().__init__()
		self.address, self.without = address, ""

	def request(self, method, url, **kwargs):
		headers = {**(kwargs.pop("headers", None) or {}), "Host": BENCH.site, HEADER: self.without}
		return super().request(method, self.address + url, headers=headers, **kwargs)


def noticed(sessions: dict, rule: str, pairs: list, facts: dict) -> list[str]:
	"""Cells that are no longer as the table says when this rule is gone; the rest of the cells that name it are not tried any more."""
	for role, doctype in pairs:
		session = sessions[role]
		session.without = rule
		for door in test_cells.DOORS:
			_seen, wrong, canary = test_cells.try_cell(session, (role, doctype, door), facts)
			if wrong or canary:
				return [wrong or canary]
	return []


def test_a_missing_rule_is_noticed(weakened, request, capsys):
	rules = row_rules()
	chosen = rules
	if not request.config.getoption("--mutants"):
		number = SAMPLE if request.config.getoption("--audit") else SHORT
		chosen = random.Random(SEED).sample(rules, min(number, len(rules)))
	facts = test_cells.prepared()
	chosen = [(rule, [pair for pair in pairs if pair[1] in facts["records"]]) for rule, pairs in chosen]

	def log_in() -> dict:
		roles = sorted({role for _rule, pairs in chosen for role, _doctype in pairs})
		return {role: WeakenedSession(weakened).log_in(facts["users"][role], facts["password"]) for role in roles}

	def part(number: int) -> list[tuple[str, bool]]:
		sessions = log_in()
		return [(rule, bool(noticed(sessions, rule, pairs, facts))) for rule, pairs in chosen[number::AT_ONCE]]

	whole = noticed(log_in(), "", [pair for _rule, pairs in chosen[:5] for pair in pairs], facts)
	assert whole == [], f"with every rule in place the cells are as the table says: {whole}"
	with ThreadPoolExecutor(AT_ONCE) as pool:
		results = [result for results in pool.map(part, range(AT_ONCE)) for result in results]
	missed = [rule for rule, red in results if not red]
	with capsys.disabled():
		print(
			f"\nmutants (seed {SEED}): {len(results)} of {len(rules)} rules taken away one by one, {len(missed)} not noticed: {missed}"
		)
	figure(
		"mutants",
		f"{len(results)} of {len(rules)} rules taken away, {100 * (1 - len(missed) / len(results)):.0f}% noticed",
		"60, 95%",
		SEED,
	)
	assert len(missed) <= (1 - MUST_NOTICE) * len(results), missed
