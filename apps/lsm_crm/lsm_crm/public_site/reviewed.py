"""Which translations nobody has read over yet, and the Dutch that then stands beside them.

A text about consent, privacy or safety that a machine or a learner translated may mislead the very person it
protects. Until a person has reviewed it, the page shows the Dutch original next to it.
"""

import json
from functools import lru_cache
from pathlib import Path

import frappe
from frappe import _
from markupsafe import Markup

from lsm_crm.public_site.sensitive import is_sensitive

FILE = Path(__file__).resolve().parents[1] / "translations" / "unreviewed.json"


@lru_cache(maxsize=1)
def _unreviewed() -> dict[str, frozenset[str]]:
	if not FILE.exists():
		return {}
	return {code: frozenset(messages) for code, messages in json.loads(FILE.read_text()).items()}


def is_reviewed(message: str, code: str) -> bool:
	"""Dutch and English are the foundation's own languages; the list holds what nobody has read over."""
	return code in ("nl", "en") or message not in _unreviewed().get(code, ())


def dutch_beside(message: str) -> str:
	"""The Dutch text, or nothing where the reader needs none."""
	if not is_sensitive(message) or is_reviewed(message, frappe.local.lang):
		return ""
	return _(message, lang="nl")


def with_dutch(message: str, *values) -> Markup:
	"""The translated text, and below it the Dutch one while the translation is unreviewed."""
	text = _(message)
	text = Markup("{}").format(text.format(*values) if values else text)
	dutch = dutch_beside(message)
	if not dutch:
		return text
	dutch = dutch.format(*values) if values else dutch
	return text + Markup(' <span class="dutch" lang="nl" dir="ltr">{}</span>').format(dutch)
