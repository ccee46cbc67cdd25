"""How alike two names of people are, whatever the script and spelling.

Arabic script leaves out short vowels, passports differ in how they write the sounds that Dutch lacks, and people mistype. So
a name is romanised (anyascii), cut into parts, and each part reduced to the skeleton of its consonants in a few classes of
sound. A part has several readings where a letter is ambiguous: Dutch j is y or dj, ch is kh or tsj, waw is a vowel or w.

Blocking keys are the skeletons and, as in SymSpell (W. Garbe, 2012), the skeletons with one letter left out: two
skeletons one mistake apart share a key, so an index finds them without comparing with everybody.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from anyascii import anyascii
from rapidfuzz.distance import DamerauLevenshtein, Indel, JaroWinkler

_ABJAD = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPLIT = re.compile(r"[^a-z]+")
_ARTICLES = {"al", "el", "ul", "as", "an", "ar", "at", "ad", "az", "van", "de", "der", "den", "von", "del", "la", "le"}
# Family names of two characters; all other Chinese family names have one.
_DOUBLE_SURNAMES = ("欧阳", "司马", "诸葛", "上官", "夏侯", "皇甫", "东方", "尉迟", "公孙", "慕容", "司徒")
MAX_READINGS = 6
MAX_PARTS = 6

# Spellings by several letters, the longest first; upper case marks classes of sound.
_SOUNDS = [
	("shtch", "C"),
	("sjtsj", "C"),
	("shch", "C"),
	("tsch", "C"),
	("tsj", "C"),
	("dzh", "C"),
	("sch", "C"),
	("tch", "C"),
	("sh", "C"),
	("sj", "C"),
	("zh", "C"),
	("dj", "C"),
	("cz", "C"),
	("kh", "H"),
	("gh", "K"),
	("ph", "F"),
	("th", "T"),
	("dh", "T"),
	("ck", "K"),
	("ts", "TS"),
	("oe", ""),
]
_AMBIGUOUS = {"ch": ("C", "H"), "j": ("C", ""), "x": ("C", "KS"), "w": ("V", ""), "v": ("V", ""), "c": ("K", "C", "S")}
_LETTERS = {
	**dict.fromkeys("kqg", "K"),
	**dict.fromkeys("td", "T"),
	**dict.fromkeys("sz", "S"),
	**dict.fromkeys("bp", "B"),
	**dict.fromkeys("aeiouy", ""),
	"f": "F",
	"h": "H",
	"l": "L",
	"m": "M",
	"n": "N",
	"r": "R",
}


@dataclass(frozen=True)
class Part:
	"""One part of a name: romanised, its possible skeletons, and whether its script leaves out vowels."""

	roman: str
	skeletons: tuple[str, ...]
	abjad: bool


def parts_of(name: str) -> tuple[Part, ...]:
	"""The parts of a name, articles left out."""
	return _parts_of(unicodedata.normalize("NFKC", name or "").strip().casefold())


@lru_cache(maxsize=50_000)
def _parts_of(name: str) -> tuple[Part, ...]:
	abjad = bool(_ABJAD.search(name))
	words = _words(name, abjad)
	kept = [word for word in words if word[0] not in _ARTICLES] or words
	return tuple(Part(word[0].replace("'", ""), _skeletons(word), abjad) for word in kept[:MAX_PARTS])


def _words(name: str, abjad: bool) -> list[tuple[str, ...]]:
	"""Words, each with its romanisations: the first is the usual one."""
	if abjad:
		name = re.sub("[\u064b-\u065f\u0670\u0640]", "", name).replace("\u200c", " ")
		name = re.sub(r"\bعبد\s*ال", "عبدال", name)
		readings = []
		for word in name.split():
			bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
			persian = bare.translate(str.maketrans("ضذظث", "زززس"))
			found = dict.fromkeys(_letter_by_letter(reading) for reading in (bare, persian))
			if any(found):
				readings.append(tuple(filter(None, found)))
		return readings
	if _HAN.search(name):
		return _chinese(name)
	text = _ascii(_turkish_and_german(name))
	text = re.sub(r"\babd[aeou]*[lr]?[\s\-']+(?=[a-z]{3})", "abdul", text)
	words: list[tuple[str, ...]] = []
	for word in filter(None, _SPLIT.split(text)):
		if len(word) > 5 and word[:2] in ("al", "el"):
			words.append((word, word[2:]))
		elif len(word) > 1 or not words:
			words.append((word,))
	return words


def _turkish_and_german(name: str) -> str:
	# Two usual ways to write these without their marks; the shorter one is kept on both sides.
	name = name.replace("đ", "dj").replace("i̇", "i").replace("ı", "i")
	return re.sub(r"(?<=[bcdfghklmnprstvz])ue(?=[bcdfghklmnprstvz])", "u", name)


def _ascii(text: str) -> str:
	return re.sub(r"[`'’ʼ]", "", anyascii(text)).lower()


def _letter_by_letter(word: str) -> str:
	# zay and ha are two sounds, not the one that zh writes
	return "'".join(filter(None, (_ascii(letter) for letter in word)))


def _chinese(name: str) -> list[tuple[str, ...]]:
	words: list[tuple[str, ...]] = []
	for word in name.split():
		size = 2 if word.startswith(_DOUBLE_SURNAMES) else 1
		words += [(_ascii(piece),) for piece in (word[:size], word[size:]) if piece]
	return words


def _skeletons(romanisations: tuple[str, ...]) -> tuple[str, ...]:
	found: dict[str, None] = {}
	for roman in romanisations:
		for skeleton in _read(roman):
			found[skeleton] = None
	return tuple(found)[:MAX_READINGS]


@lru_cache(maxsize=50_000)
def _read(roman: str) -> tuple[str, ...]:
	"""All readings of one romanised word as skeletons; a vowel at the start is kept as A."""
	options: list[tuple[str, ...]] = []
	position = 0
	while position < len(roman):
		for spelling, sound in _SOUNDS:
			if roman.startswith(spelling, position):
				options.append((sound,))
				position += len(spelling)
				break
		else:
			size = 2 if roman[position : position + 2] == "ch" else 1
			letters = roman[position : position + size]
			options.append(_AMBIGUOUS.get(letters) or (_LETTERS.get(letters, ""),))
			position += size
	readings: dict[str, None] = {}
	for number, combination in enumerate(product(*options)):
		if number >= 32:
			break
		skeleton = re.sub(r"(.)\1+", r"\1", "".join(combination))
		skeleton = skeleton.removesuffix("H") if len(skeleton) > 2 else skeleton
		if len(skeleton) < 2:  # Li, Wei, Ali: told apart by their vowels, where the script writes them
			readings["=" + _plain_vowels(roman)] = None
		if skeleton:
			readings[skeleton] = None
	return tuple(readings)


def _plain_vowels(roman: str) -> str:
	return re.sub(r"(.)\1+", r"\1", roman.replace("oe", "u").replace("y", "i").replace("j", "i").replace("w", "v"))


def joined(parts: tuple[Part, ...]) -> list[Part]:
	"""Neighbouring parts written as one: Ben Ali and Benali, Xiao Ming and Xiaoming."""
	pairs = []
	for left, right in zip(parts, parts[1:]):
		roman = left.roman + right.roman
		pairs.append(Part(roman, _skeletons((roman,)), left.abjad))
	return pairs


def exact_keys(name: str) -> set[str]:
	"""Skeletons of the parts and of neighbouring parts joined."""
	parts = parts_of(name)
	return {key[:24] for part in (*parts, *joined(parts)) for key in part.skeletons}


def near_keys(skeletons: set[str]) -> set[str]:
	"""The skeletons with one letter left out, marked so that they never meet an exact one."""
	found: set[str] = set()
	for skeleton in skeletons:
		if len(skeleton) > 2:
			found.update("~" + skeleton[:i] + skeleton[i + 1 :] for i in range(len(skeleton)))
			found.add("~" + skeleton)
	return found


def similarity(query: str, name: str) -> float:
	"""How well the name answers the query: 0 to 1."""
	asked, stored = parts_of(query), parts_of(name)
	if not asked or not stored:
		return 0.0
	return max(
		_cover(asked, stored),
		*(0.97 * _cover(shape, stored) for shape in _shapes(asked)),
		*(0.97 * _cover(asked, shape) for shape in _shapes(stored)),
		0.0,
	)


def _shapes(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
	"""The name with two neighbouring parts written as one, for each pair of neighbours."""
	pairs = joined(parts)
	return [(*parts[:at], pair, *parts[at + 2 :]) for at, pair in enumerate(pairs)]


def _cover(asked: tuple[Part, ...], stored: tuple[Part, ...]) -> float:
	free = list(stored)
	total = weight = 0.0
	for part in sorted(asked, key=lambda one: -len(one.roman)):
		importance = 1 + min(len(part.roman), 8) / 8
		best, at = max(((_alike(part, other), index) for index, other in enumerate(free)), default=(0.0, -1))
		if at >= 0:
			free.pop(at)
		total += importance * best
		weight += importance
	return total / weight - 0.02 * len(free)


@lru_cache(maxsize=200_000)
def _alike(one: Part, other: Part) -> float:
	if one.roman == other.roman:
		return 1.0
	bones = _bones(one, other)
	letters = JaroWinkler.normalized_similarity(one.roman, other.roman)
	if one.abjad != other.abjad:
		vowels = Indel.normalized_similarity(_long_vowels(one.roman), _long_vowels(other.roman))
		return 0.75 * bones + 0.25 * vowels
	if one.abjad:
		return 0.5 * bones + 0.5 * letters
	close = DamerauLevenshtein.normalized_similarity(_plain_vowels(one.roman), _plain_vowels(other.roman))
	return 0.4 * bones + 0.3 * letters + 0.3 * close


def _bones(one: Part, other: Part) -> float:
	mine, theirs = one.skeletons, other.skeletons
	if not (one.abjad or other.abjad) and mine[0][0] == "=" == theirs[0][0]:
		mine, theirs = mine[:1], theirs[:1]
	return max(DamerauLevenshtein.normalized_similarity(a, b) for a in mine for b in theirs)


def _long_vowels(roman: str) -> str:
	return re.sub(
		r"(.)\1+",
		r"\1",
		roman.replace("w", "u").replace("y", "i").replace("oe", "u").replace("ee", "i").replace("ou", "u"),
	)
