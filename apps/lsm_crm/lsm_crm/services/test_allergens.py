import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsm_crm.services import allergens

PAIRS = [(a, s) for a, subs in allergens.SUB_TYPES.items() for s in (None, *subs)]
held = st.frozensets(st.sampled_from(PAIRS), max_size=8)


def test_the_fourteen_of_the_regulation():
	assert len(allergens.ALLERGENS) == 14
	assert len(allergens.NUTS) == 8 and len(allergens.GLUTEN) == 4


@given(held)
def test_text_and_back(content):
	assert allergens.from_text(allergens.to_text(content)) == content


@given(st.lists(held, max_size=6))
def test_nothing_is_lost_and_nothing_made_up(parts):
	dish = allergens.together(parts)
	assert all(part <= dish for part in parts)
	assert all(any(one in part for part in parts) for one in dish)


@given(held, held, held)
def test_more_ingredients_never_make_food_safer(allergies, dish, more):
	assert allergens.clashes(allergies, dish) <= allergens.clashes(allergies, allergens.together([dish, more]))


@given(held, held, held)
def test_more_allergies_never_make_food_safer(allergies, more, dish):
	assert allergens.clashes(allergies, dish) <= allergens.clashes(allergies | more, dish)


@given(held, st.sampled_from(PAIRS))
def test_unstated_kinds_always_clash(dish, one):
	allergen, _sub = one
	assert bool(allergens.clashes(frozenset({(allergen, None)}), dish)) == any(a == allergen for a, _s in dish)


@given(held)
def test_food_without_the_allergen_is_served(dish):
	absent = frozenset((a, None) for a in allergens.ALLERGENS if a not in {x for x, _s in dish})
	assert not allergens.clashes(absent, dish)


@pytest.mark.parametrize("text", ["Water", "Nuts (Wheat)", "Milk (Walnuts)", "Nuts ()", "Milk; Eggs"])
def test_other_words_are_refused(text):
	with pytest.raises(allergens.AllergenError):
		allergens.from_text(text)
