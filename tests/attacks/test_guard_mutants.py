"""One check of the guard taken away at a time: the attacks that name it must notice."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

import pytest

from lsm_crm.guard import call as calls
from tests.attacks.attack import Attack
from tests.attacks.checking import probes
from tests.attacks.conftest import Target, serve, wait
from tests.attacks.corpus import corpus
from tests.figures import SEED, figure
from tests.support import BENCH
from tests.weakened import HEADER, guard_checks

SHORT = 3
MOST = 30  # attacks of the corpus for one check
REFUSED = "NotAllowedError"
# looks at a function that only newer releases have: guard/test_checks.py
ELSEWHERE = ("link_and_fetch",)


class WeakenedTarget(Target):
	"""The test site as the program serves it that lacks the check which `without` names."""

	without = ""

	def session(self, who: str):
		session = super().session(who)
		session.headers[HEADER] = self.without
		return session


@pytest.fixture(scope="module")
def weakened(closed_site, free_port):
	web = serve(BENCH, free_port, "tests.weakened:mutant_application()")
	wait(free_port, BENCH.site)
	passwords = closed_site.facts["passwords"]
	yield WeakenedTarget(f"http://127.0.0.1:{free_port}", BENCH.site, closed_site.facts, passwords["admin"])
	web.terminate()
	web.wait(20)


def checks_of(attack: Attack, checks: dict[str, set[str]]) -> set[str]:
	"""The checks that the guard's lists name for what this attack asks for."""
	if attack.play or attack.group == "climbing path":
		return set()
	call = calls.from_request(attack.method, urlsplit(attack.path).path, attack.arguments)
	if call.kind == "page":
		return {"pages"}
	if call.kind == "rest":
		return {
			{"list": "rest_list", "create": "rest_document", "write": "rest_document"}.get(
				call.action, "allow_doc_method"
			)
		}
	return {name for name, functions in checks.items() if call.name in functions}


def by_check(facts: dict) -> dict[str, list[Attack]]:
	"""{check: what names it}: attacks of the corpus, and requests made for this check."""
	checks, made = guard_checks(), probes()
	found: dict[str, list[Attack]] = {name: [] for name in (*checks, "pages") if name not in ELSEWHERE}
	for attack in corpus(facts):
		for name in checks_of(attack, checks) & found.keys():
			found[name].append(attack)
	for attacks in found.values():
		attacks.sort(
			key=lambda attack: attack.group != "SQL"
		)  # what only the checks' own reading of arguments turns away
	return {name: [*attacks[:MOST], *made.get(name, ())] for name, attacks in found.items()}


def answered(target: WeakenedTarget, without: str, attack: Attack) -> tuple[bool, int, bool]:
	"""Whether it gave something, the answer's status, and whether the guard refused it."""
	target.without = without
	given, status, text = target.gives(attack)
	target.without = ""
	return given, status, REFUSED in text


def noticed(target: WeakenedTarget, name: str, attacks: list[Attack]) -> str:
	"""What shows that the check is gone: an attack that succeeds, or, where something behind it holds, a request that is answered
	otherwise."""
	other = ""
	for attack in attacks:
		whole = answered(target, "", attack)
		assert not whole[0] or attack.group == "check", f"{attack}: succeeds with every check in place"
		lacking = answered(target, f"guard|{name}", attack)
		if lacking[0] and not whole[0]:
			return f"succeeds: {attack}"
		if not other and lacking[1:] != whole[1:] and answered(target, "", attack) == whole:
			other = f"{whole[1]} becomes {lacking[1]}: {attack}"
	return other


def test_a_missing_check_is_noticed(weakened, request, capsys):
	found = by_check(weakened.facts)
	chosen = sorted(found)
	if not request.config.getoption("--audit") and not request.config.getoption("--mutants"):
		chosen = random.Random(SEED).sample(chosen, SHORT)
	results = {name: noticed(weakened, name, found[name]) for name in chosen}
	missed = [name for name, what in results.items() if not what]
	won = sum(what.startswith("succeeds") for what in results.values())
	with capsys.disabled():
		print(
			f"\nguard mutants (seed {SEED}): {len(results)} checks of the guard taken away one by one, {len(missed)} not noticed: {missed}"
		)
		for name, what in results.items():
			print(f"  {name}: {what or 'not noticed'}")
	figure(
		"guard mutants",
		f"{len(results)} of {len(found)} checks of the guard taken away, {len(results) - len(missed)} noticed, "
		f"{won} of them by an attack that then succeeds",
		"all noticed",
		SEED,
	)
	assert missed == []
