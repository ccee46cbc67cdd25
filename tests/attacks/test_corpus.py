"""Every attack first works on a throwaway site without guard and row rules, and is then refused on the real one."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.attacks import pdf_tool
from tests.attacks.corpus import Attack, corpus
from tests.figures import SEED, figure

MUST_REACH = 300
SHORT_PER_GROUP = 2
AT_ONCE = 4
TRACE = "Traceback (most recent"
# kinds that never work on this machine's open site either, and why; tried here all the same and counted apart
SHUT_ALREADY = {
	"inner address": "the framework here makes small pictures in a method that no request can call; its PDF program asks inside",
	"list settings": "only a manager of the site may set them",
	"owner": "the framework writes who made a new record itself and lets nobody change it later",
	"rename": "no DocType of the app allows it",
	"share": "no role of the app holds the right to share",
	"todo": "no role of the app may make one for somebody else",
}


def chosen(attacks: list[Attack], whole: bool) -> list[Attack]:
	"""All, or a few of each kind."""
	if whole:
		return attacks
	mixed = list(attacks)
	random.Random(SEED).shuffle(mixed)
	taken: Counter = Counter()
	result = []
	for attack in mixed:
		if taken[attack.group] < SHORT_PER_GROUP * (
			5 if attack.group in ("foreign record", "foreign list", "SQL") else 1
		):
			taken[attack.group] += 1
			result.append(attack)
	return result


def test_attacks_are_refused_here(closed_site):
	"""The short form, in every run: a few of each kind on the real site."""
	won = []
	for attack in chosen(corpus(closed_site.facts), whole=False):
		given, status, text = closed_site.gives(attack)
		if given or status >= 500 or TRACE in text:
			won.append(f"{attack}: {status}")
	assert won == []


def tried(target, attacks: list[Attack]) -> list[tuple[Attack, bool, int, str]]:
	"""What each attack gave. Single requests go a few at a time, attacks of several steps one after the other."""
	single = [attack for attack in attacks if not attack.play]
	for who in {attack.who for attack in attacks}:
		target.session(who)
	with ThreadPoolExecutor(AT_ONCE) as pool:
		results = list(pool.map(lambda attack: (attack, *target.gives(attack)), single))
	return results + [(attack, *target.gives(attack)) for attack in attacks if attack.play]


@pytest.mark.skipif("not config.getoption('--audit')", reason="a part of ./lsm audit")
def test_attacks_work_there_and_not_here(open_site, closed_site, capsys):
	worked, inert = {}, []
	for attack, given, status, _text in tried(open_site, [a for a in corpus(open_site.facts) if a.inside]):
		if given:
			worked[str(attack)] = attack.group
		else:
			inert.append(f"{attack} ({status})")
	won, errors = [], []
	here = corpus(closed_site.facts)
	for attack, given, status, text in tried(closed_site, here):
		if given:
			won.append(str(attack))
		if status >= 500 or TRACE in text:
			errors.append(f"{attack}: {status}")
	allowed = set(SHUT_ALREADY) | (set() if pdf_tool.folder() else {"PDF reads files", "PDF asks inside"})
	shut = {group for group in {attack.group for attack in here} - set(worked.values())}
	with capsys.disabled():
		print(
			f"\nattacks (seed {SEED}): {len(here)} tried here, {len(worked)} of them shown to work on the open site, {len(won)} succeed"
		)
		print("  " + ", ".join(f"{group} {number}" for group, number in sorted(Counter(worked.values()).items())))
		if not pdf_tool.folder():
			print(
				"  the framework's PDF program is not here and could not be fetched: its attacks were tried here only"
			)
		print(f"  {len(inert)} work nowhere:\n    " + "\n    ".join(inert))
	figure(
		"attacks",
		f"{len(worked)} shown to work elsewhere, {len(here)} tried here, {len(won)} succeeded",
		"300 or more, 0",
		SEED,
	)
	assert won == [], f"{len(won)}: {won[:40]}"
	assert errors == []
	assert len(worked) >= MUST_REACH
	assert shut <= allowed, f"kinds of attack that never worked prove nothing: {shut - allowed}"
