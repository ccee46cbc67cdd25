"""Allergens of food: what an ingredient holds, what a dish holds, and whether a guest may eat it. No database here.

The 14 groups are those of EU 1169/2011, Annex II; gluten and nuts have the sub-types named there. What food holds is a set
of pairs (allergen, sub-type or None); None means that the sub-type was not stated, so any of them may be in it.
"""

import re
from collections.abc import Iterable

Held = frozenset[tuple[str, str | None]]

GLUTEN = ("Wheat", "Rye", "Barley", "Oats")
NUTS = (
	"Almonds",
	"Hazelnuts",
	"Walnuts",
	"Cashews",
	"Pecan Nuts",
	"Brazil Nuts",
	"Pistachio Nuts",
	"Macadamia Nuts",
)
# In the order of the Annex.
SUB_TYPES: dict[str, tuple[str, ...]] = {
	"Gluten": GLUTEN,
	"Crustaceans": (),
	"Eggs": (),
	"Fish": (),
	"Peanuts": (),
	"Soybeans": (),
	"Milk": (),
	"Nuts": NUTS,
	"Celery": (),
	"Mustard": (),
	"Sesame": (),
	"Sulphites": (),
	"Lupin": (),
	"Molluscs": (),
}
ALLERGENS = tuple(SUB_TYPES)
ANIMAL = frozenset({"Crustaceans", "Eggs", "Fish", "Milk", "Molluscs"})
FLESH = frozenset({"Crustaceans", "Fish", "Molluscs"})
_WRITTEN = re.compile(r"^(?P<allergen>[A-Za-z]+)(?: \((?P<sub>[A-Za-z ]+)\))?$")


class AllergenError(ValueError):
	"""A word that is no allergen, or a sub-type that does not belong to it."""


def pair(allergen: str, sub_type: str | None = None) -> tuple[str, str | None]:
	"""One allergen, checked; raises AllergenError."""
	if allergen not in SUB_TYPES:
		raise AllergenError(allergen)
	if sub_type and sub_type not in SUB_TYPES[allergen]:
		raise AllergenError(f"{allergen} ({sub_type})")
	return (allergen, sub_type or None)


def together(parts: Iterable[Held]) -> Held:
	"""What a dish holds: everything that any of its ingredients holds."""
	return frozenset().union(*parts)


def to_text(held: Held) -> str:
	"""As it is stored and printed: "Gluten (Wheat), Milk", in the order of the Annex."""

	def place(item: tuple[str, str | None]) -> tuple[int, int]:
		allergen, sub = item
		return (ALLERGENS.index(allergen), SUB_TYPES[allergen].index(sub) + 1 if sub else 0)

	return ", ".join(f"{a} ({s})" if s else a for a, s in sorted(held, key=place))


def from_text(text: str | None) -> Held:
	"""The reverse of `to_text`; raises AllergenError for anything it did not write."""
	found = set()
	for word in filter(None, (w.strip() for w in (text or "").split(","))):
		if not (match := _WRITTEN.match(word)):
			raise AllergenError(word)
		found.add(pair(match["allergen"], match["sub"]))
	return frozenset(found)


def clashes(allergies: Held, held: Held) -> Held:
	"""What the food holds that these guests must not eat.

	Where either side does not state the sub-type, it counts as a clash: not knowing is no reason to serve it.
	"""
	return frozenset(
		(allergen, sub)
		for allergen, sub in held
		for avoided, avoided_sub in allergies
		if allergen == avoided and (not sub or not avoided_sub or sub == avoided_sub)
	)
