"""The .po files in `locale/`: brought up to date from the texts of the app, checked, and written by machines and people.

A translation that no person has read over carries the comment `unreviewed`. English is the source and needs no file.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from lsm_crm.services import messages

UNREVIEWED = "unreviewed"
LANGUAGES = ("nl", "ar", "fr", "es", "zh", "fa", "tr", "am", "ru", "ti")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def read(language: str, app: Path = messages.APP) -> Catalog:
	path = app / "locale" / f"{language}.po"
	if not path.exists():
		return Catalog(locale=None)
	with path.open("rb") as stream:
		return read_po(stream, locale=None)


def write(catalog: Catalog, language: str, app: Path = messages.APP) -> None:
	catalog.fuzzy = False
	out = io.BytesIO()
	write_po(out, catalog, width=120, sort_output=True, omit_header=True, include_lineno=False)
	header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
	(app / "locale" / f"{language}.po").write_text(header + out.getvalue().decode(), encoding="utf-8")


def needed(language: str, found: dict) -> list[messages.Message]:
	"""Dutch needs every text, the others what the public reads and the pages of the desk that they have as well."""
	places = messages.FURTHER_PLACES.get(language, ())
	texts = messages.FURTHER_TEXTS.get(language, ())
	return [
		message
		for message in found.values()
		if language == "nl"
		or message.audience == messages.PUBLIC
		or message.text in texts
		or any(place.startswith(places) for place in message.places)
	]


def update(language: str, found: dict, new: dict[str, str] | None = None, app: Path = messages.APP) -> int:
	"""Bring one language's file up to date, taking over `new` translations as unreviewed; gives how many are missing."""
	old, catalog, missing = read(language, app), Catalog(locale=None), 0
	for message in needed(language, found):
		known = old.get(message.text, message.context or None)
		text, comments = (known.string, list(known.user_comments)) if known else ("", [])
		if new and message.text in new and (not text or UNREVIEWED in comments):
			text, comments = new[message.text], [UNREVIEWED]
		missing += not text
		notes = [message.audience] + (["sensitive"] if message.sensitive else [])
		catalog.add(
			message.text,
			text,
			locations=[(place, 0) for place in message.places[:3]],
			auto_comments=notes,
			user_comments=comments,
			context=message.context or None,
		)
	write(catalog, language, app)
	return missing


def problems(language: str, found: dict, app: Path = messages.APP) -> list[str]:
	"""Sentences for the gate: what lacks a translation, and where placeholders differ."""
	catalog, lines = read(language, app), []
	for message in needed(language, found):
		known = catalog.get(message.text, message.context or None)
		if not known or not known.string or known.fuzzy:  # a fuzzy one is left out of what the framework reads
			lines.append(f"{language}: no translation of {message.text!r} ({message.places[0]})")
		elif differs(message.text, str(known.string)):
			lines.append(f"{language}: other placeholders in the translation of {message.text!r}")
	return lines


def differs(text: str, translation: str) -> bool:
	"""Whether something that is filled in is missing from the translation, or is too much."""
	return sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(translation))


def unreviewed(language: str, app: Path = messages.APP) -> list[str]:
	return [str(m.id) for m in read(language, app) if m.id and m.string and UNREVIEWED in m.user_comments]


def write_reviewed(language: str, texts: dict[str, str], app: Path = messages.APP) -> int:
	"""Put reviewed texts (original to translation) into the language's file; gives how many were known there."""
	catalog, written = read(language, app), 0
	for message in catalog:
		if message.id in texts and not differs(message.id, texts[message.id]):
			message.string = texts[message.id]
			message.user_comments = [note for note in message.user_comments if note != UNREVIEWED]
			written += 1
	write(catalog, language, app)
	return written
