"""Every attack first works on a throwaway site without guard and row rules, and is then refused on the real one."""

from collections import Counter

from tests.attacks.corpus import corpus

MUST_REACH = 300


def test_attacks_work_there_and_not_here(open_site, closed_site, capsys):
	worked, inert = {}, []
	for attack in corpus(open_site.facts):
		if attack.won(open_site.run(attack), open_site):
			worked[str(attack)] = attack.group
		else:
			inert.append(str(attack))
	won, errors = [], []
	for attack in corpus(closed_site.facts):
		answer = closed_site.run(attack)
		if attack.won(answer, closed_site):
			won.append(str(attack))
		if answer.status_code >= 500 or "Traceback (most recent" in answer.text:
			errors.append(f"{attack}: {answer.status_code}")
	with capsys.disabled():
		total = len(corpus(closed_site.facts))
		print(f"\nattacks: {total} tried here, {len(worked)} of them work without guard and row rules, {len(won)} succeed here")
		print("  " + ", ".join(f"{group} {number}" for group, number in sorted(Counter(worked.values()).items())))
	groups = {attack.group for attack in corpus(open_site.facts)}
	assert won == []
	assert errors == []
	assert len(worked) >= MUST_REACH
	assert groups - set(worked.values()) == set(), "a kind of attack that never works proves nothing"
