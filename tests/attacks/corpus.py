"""The attack corpus: what gives an attacker something on the framework as obtained, each with how to tell that it did.

Data-driven: a few forms, by role, record and payload; one file for each kind.
"""

from __future__ import annotations

from tests.attacks import (
	accounts,
	belonging,
	changing,
	files,
	injecting,
	knowing,
	managing,
	paths,
	printing,
	reading,
	visiting,
)
from tests.attacks.attack import Attack

PARTS = (
	reading.reading,
	knowing.knowing,
	injecting.injecting,
	changing.changing,
	belonging.belonging,
	visiting.visiting,
	files.files,
	accounts.sessions,
	accounts.passwords,
	managing.managing,
	paths.paths,
	printing.printing,
)


def corpus(facts: dict) -> list[Attack]:
	"""All attacks against a site prepared by `prepare.py`."""
	return [attack for part in PARTS for attack in part(facts)]
