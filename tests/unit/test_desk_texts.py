"""The desk in Dutch: whatever the framework's scripts can show in the parts that our roles see has Dutch, and good Dutch."""

import csv
from pathlib import Path

import pytest

from config.services.bench import ROOT
from lsm_crm.services import catalogs, messages

FRAMEWORK = ROOT / "apps" / "frappe" / "frappe"
SCRIPTS = FRAMEWORK / "public" / "js" / "frappe"
# Recorder, data import, the framework's own web forms and scanner are closed to our roles.
SEEN = (
	"list",
	"form",
	"ui",
	"views",
	"widgets",
	"model",
	"utils",
	"file_uploader",
	"desk.js",
	"request.js",
	"router.js",
)
SAME_IN_DUTCH = {
	*("#{0}", "{0} = {1}", "{0} ({1})", "{0} ({1}) - {2}%", "99", "16:9", "1:1", "4:3"),
	*("B", "Cr", "K", "L", "M", "T"),  # thousands, millions and so on behind a number
	"&copy; Frappe Technologies Pvt. Ltd. and contributors",
}


@pytest.fixture(scope="module")
def dutch() -> dict[str, str]:
	"""As the desk has it: the framework's, and ours before it."""
	with (FRAMEWORK / "translations" / "nl.csv").open(encoding="utf-8") as file:
		texts = {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}
	return texts | {str(message.id): str(message.string) for message in catalogs.read("nl") if message.id}


def shown() -> set[str]:
	found: set[str] = set()
	for name in SEEN:
		place = SCRIPTS / name
		for path in place.rglob("*") if place.is_dir() else [place]:
			if path.suffix in (".js", ".html", ".vue"):
				found |= set(messages.script_texts(path.read_text(encoding="utf-8")))
	return found


def without(dutch: dict[str, str], texts: set[str]) -> list[str]:
	return sorted(text for text in texts - SAME_IN_DUTCH if not dutch.get(text))


def test_every_text_of_the_desk_has_dutch(dutch):
	texts = shown()
	assert len(texts) > 1000 and without(dutch, texts) == []


def test_a_text_without_dutch_is_noticed(dutch):
	assert without(dutch, {"Save", "Nobody translated this"}) == ["Nobody translated this"]


def test_dutch_begins_with_a_capital_where_the_english_does(dutch):
	small = [text for text in shown() if text[:1].isupper() and dutch.get(text, "")[:1].islower()]
	assert sorted(small) == []


@pytest.mark.parametrize(
	("english", "expected"), [("Save", "Opslaan"), ("Draft", "Concept"), ("Attachments", "Bijlagen")]
)
def test_wrong_dutch_of_the_framework_is_mended(dutch, english, expected):
	assert dutch[english] == expected


def test_our_texts_are_taken_from_a_list_that_exists():
	listed = {text for text, _context in messages.collect(Path(messages.APP))}
	assert {"List View", "Edit Filters", "Search or type a command (Ctrl + G)"} <= listed
