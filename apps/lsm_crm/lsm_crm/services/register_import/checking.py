"""One row of text to one help request, or the reasons why not."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from lsm_crm.api.walk_in import CHANNELS, MODES
from lsm_crm.constants import LANGUAGES
from lsm_crm.services.bsn import find_bsn

FIRST_DAY = date(2019, 1, 1)  # the foundation began in January 2020
MOST_MINUTES = 480
_DUTCH_DATE = re.compile(r"^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})$")
_ISO_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?$")
_SEPARATORS = re.compile(r"[;,/+]")
_MASTERS = {"topics": "Help Topic", "services": "Service Type", "area": "Area", "client_group": "Client Group"}


@dataclass
class Row:
	"""A checked row: its number in the file, its values, what is wrong with it."""

	number: int
	values: dict = field(default_factory=dict)
	reasons: list[str] = field(default_factory=list)
	key: str = ""


class Checker:
	"""Knows the master data once, so that a hundred thousand rows need no query each."""

	def __init__(self, default_volunteer: str, default_channel: str):
		self.default_volunteer = default_volunteer
		self.default_channel = default_channel
		self.words = {name: self._master(doctype) for name, doctype in _MASTERS.items()}
		self.words["language"] = self._languages()
		self.words["mode"] = self._options(MODES)
		self.words["channel"] = self._options(CHANNELS)
		self.words["volunteer"] = self._users()
		self.today = getdate(nowdate())
		self.seen: dict[str, int] = {}

	def _master(self, doctype: str) -> dict[str, str]:
		rows = frappe.get_all(doctype, fields=["name", "dutch_name"])  # words without personal data
		return {word.casefold(): row.name for row in rows for word in (row.name, row.dutch_name) if word}

	def _languages(self) -> dict[str, str]:
		from babel import Locale

		found = {code: code for code in LANGUAGES}
		for display in ("nl", "en"):
			names = Locale.parse(display).languages
			found.update({names[code].casefold(): code for code in LANGUAGES if code in names})
		return {**found, "perzisch": "fa", "persian": "fa", "farsi": "fa", "amhaars": "am"}

	def _options(self, options: tuple[str, ...]) -> dict[str, str]:
		from lsm_crm.services.language import in_language

		found = {option.casefold(): option for option in options}
		with in_language("nl"):
			found.update({_(option).casefold(): option for option in options})
		return found

	def _users(self) -> dict[str, str]:
		rows = frappe.get_all("User", filters={"enabled": 1}, fields=["name", "full_name"])  # staff's own names
		return {word.casefold(): row.name for row in rows for word in (row.name, row.full_name) if word}

	def check(self, number: int, cells: list[str], places: dict[str, int]) -> Row:
		row = Row(number)
		text = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
		values = row.values
		values["request_date"] = self._date(text.get("request_date", ""), row)
		values["topics"] = self._many("topics", text, row)
		if not values["topics"] and not text.get("topics"):
			row.reasons.append(_("no topic"))
		values["services"] = self._many("services", text, row)
		for name in ("language", "area", "mode", "client_group"):
			values[name] = self._one(name, text, row)
		values["channel"] = self._one("channel", text, row) or self.default_channel
		values["volunteer"] = self._one("volunteer", text, row) or self.default_volunteer
		values["minutes"] = self._minutes(text.get("minutes", ""), row)
		values["note"] = text.get("note") or None
		if values["note"] and any(find_bsn(values["note"])):
			row.reasons.append(_("the note holds a number that may be a BSN"))
		row.key = self._key(text)
		return row

	def _date(self, text: str, row: Row) -> date | None:
		match = _DUTCH_DATE.match(text)
		parts = match.groups()[::-1] if match else None
		if not parts and (match := _ISO_DATE.match(text)):
			parts = match.groups()
		try:
			day = date(*(int(part) for part in parts)) if parts else None
		except ValueError:
			day = None
		if not day:
			row.reasons.append(_("“{0}” is no date; write it like 27-03-2021").format(text[:20]))
		elif not FIRST_DAY <= day <= self.today:
			row.reasons.append(_("the date {0} cannot be right").format(text[:20]))
		return day

	def _many(self, name: str, text: dict, row: Row) -> list[str]:
		found = []
		whole = text.get(name, "")
		words = [whole] if whole.casefold() in self.words[name] else _SEPARATORS.split(whole)
		for word in filter(None, (word.strip() for word in words)):
			value = self.words[name].get(word.casefold())
			if not value:
				row.reasons.append(_("“{0}” is not known as {1}").format(word[:40], _(_MASTERS[name])))
			elif value not in found:
				found.append(value)
		return found

	def _one(self, name: str, text: dict, row: Row) -> str | None:
		word = text.get(name, "")
		if not word:
			return None
		value = self.words[name].get(word.casefold())
		if not value:
			row.reasons.append(_("“{0}” is not known in the column {1}").format(word[:40], name.replace("_", " ")))
		return value

	def _minutes(self, text: str, row: Row) -> int:
		if not text:
			return 0
		if not text.isdigit() or int(text) > MOST_MINUTES:
			row.reasons.append(_("“{0}” is no number of minutes").format(text[:20]))
			return 0
		return int(text)

	def _key(self, text: dict) -> str:
		"""The row's content as a key; the second equal row of a file is another request, so it gets a number."""
		content = "\x1f".join(f"{name}={text[name]}" for name in sorted(text))
		digest = hashlib.sha256(content.encode()).hexdigest()[:40]
		self.seen[digest] = self.seen.get(digest, 0) + 1
		return f"register:{digest}:{self.seen[digest]}"
