"""What an attack is, and how to tell that it gave something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

METHOD = "/api/method/"


@dataclass
class Attack:
	"""One request, or a few, and how to tell that it gave something."""

	group: str
	who: str  # a role of prepare.ATTACKERS, or guest
	name: str
	method: str
	path: str
	won: Callable  # (answer, target) -> bool
	arguments: dict = field(default_factory=dict)
	headers: dict = field(default_factory=dict)
	files: dict | None = None
	inside: bool = True  # False where the role alone refuses: then only tried on the real site
	play: Callable | None = None  # (target) -> bool: an attack of several steps, in place of the one request

	def __str__(self) -> str:
		return f"{self.group}: {self.who}: {self.name}"


def shows_canary(answer, target) -> bool:
	return target.facts["canary"] in answer.text


def shows_name_of(doctype: str):
	return lambda answer, target: answer.status_code == 200 and target.facts[doctype] in answer.text


def says_yes(answer, target) -> bool:
	return answer.status_code == 200 and "exc_type" not in answer.text and '"exc"' not in answer.text


def counts(answer, target) -> bool:
	try:
		return answer.status_code == 200 and int(answer.json()["message"]) > 0
	except (ValueError, KeyError, TypeError):
		return False


def played(group: str, who: str, name: str, play: Callable, inside: bool = True) -> Attack:
	"""An attack of several steps; `play(target)` does them and says whether they gave something."""
	return Attack(group, who, name, "", "", lambda answer, target: False, inside=inside, play=play)
