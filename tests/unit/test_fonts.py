"""The fonts that the program brings along hold every sign of its own texts: an old phone shows no empty boxes."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from fontTools.ttLib import TTFont

from lsm_crm.public_site.languages import LANGUAGES
from lsm_crm.services import catalogs

PUBLIC = Path(catalogs.messages.APP) / "public"
# Every device has Latin letters and the usual signs; the program brings fonts for the other scripts.
ON_EVERY_DEVICE = [(0x0000, 0x024F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2190, 0x2199)]


def faces() -> list[tuple[str, list[tuple[int, int]], set[int]]]:
	"""Weight, the ranges for which the browser is told to fetch the font, and the signs that are in it."""
	css = (PUBLIC / "css/public.css").read_text(encoding="utf-8")
	found = []
	for block in re.findall(r"@font-face \{(.*?)\}", css, re.DOTALL):
		path = PUBLIC / "css" / re.search(r'url\("([^"]+)"\)', block)[1]
		weight = (re.search(r"font-weight: (\d+)", block) or ["", "any"])[1]
		ranges = [
			(int(first, 16), int(last or first, 16))
			for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", block)
		]
		found.append((weight, ranges, set(TTFont(path).getBestCmap())))
	return found


def signs_of(language) -> set[str]:
	"""Every sign that the program itself writes on a public page in this language."""
	texts = [language.own_name]
	if language.code != "en":
		texts += [str(message.string) for message in catalogs.read(language.code) if "public" in message.auto_comments]
	year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
	locale = {"zh": "zh_Hans"}.get(language.code, language.code)
	texts += [format_date(day, "EEEE d MMMM", locale=locale) for day in year]
	return set("".join(texts))


def within(sign: str, ranges) -> bool:
	return any(first <= ord(sign) <= last for first, last in ranges)


def missing(language, weight: str, fonts) -> str:
	fonts = [face for face in fonts if face[0] in (weight, "any")]
	return "".join(
		sorted(
			sign
			for sign in signs_of(language)
			if not within(sign, ON_EVERY_DEVICE)
			and not any(within(sign, ranges) and ord(sign) in held for _weight, ranges, held in fonts)
		)
	)


@pytest.mark.parametrize("weight", ["400", "700"])
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_sign_of_our_texts_is_in_a_font_we_bring(language, weight):
	assert missing(language, weight, faces()) == "", "make the fonts anew: env/bin/python config/make_fonts.py"


def test_a_font_that_is_older_than_the_texts_is_noticed():
	chinese = next(language for language in LANGUAGES if language.code == "zh")
	older = [(weight, ranges, held - {ord("中")}) for weight, ranges, held in faces()]
	assert missing(chinese, "400", older) == "中"
