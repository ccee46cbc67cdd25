"""Every public page in every language: nothing that axe finds, in both colour schemes and at both widths."""

from __future__ import annotations

import pytest

from tests.browser.access.accessible import LANGUAGES, WIDTH, look_closely, look_everywhere
from tests.figures import figure

pytestmark = pytest.mark.browser
PAGES = ("", "activities", "agenda", "vacancies", "contact", "privacy", "accessibility", "no-such-page")
# By default each language at one width and in one scheme, two pages; both schemes and widths of each in the audit.
COVERING = [
	(language, (320, 1280)[number % 2], ("light", "dark")[number // 2 % 2], PAGES[number % 4 :: 4])
	for number, language in enumerate(LANGUAGES)
]


@pytest.fixture(scope="module")
def counted():
	states: list[str] = []
	yield states
	figure("access: pages", f"{len(states)} pages, axe found 0", "every page, language, width and scheme")


@pytest.mark.parametrize(("language", "width", "scheme", "pages"), COVERING)
def test_pages_are_accessible_in_every_language(open_page, request, counted, language, width, scheme, pages):
	whole = request.config.getoption("--audit")
	page, errors = open_page(width=width, color_scheme=scheme), []
	page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
	for path in PAGES if whole else pages:
		page.goto(f"/{language}/{path}")
		assert page.locator("html").get_attribute("lang") == language
		if whole:
			look_everywhere(page, counted.append)
		else:
			look_closely(page)
			counted.append(path)
	assert [error for error in errors if "404" not in error] == []


@pytest.mark.parametrize("language", ["nl", "fa"])
def test_pages_still_fit_at_four_times_the_size(open_page, language):
	page = open_page(width=320, height=256)  # 1280 × 1024 at 400 %
	for path in (*PAGES, "form/volunteer", "form/catering"):
		page.goto(f"/{language}/{path}")
		assert page.evaluate(WIDTH) <= 0, path
		# Nothing that stays in place takes the little height there is, and nothing needs scrolling in two directions.
		assert (
			page.evaluate(
				"""[...document.querySelectorAll("body *")].filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position)
			|| (e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX))).length"""
			)
			== 0
		), path


def test_nothing_moves_for_who_asked_for_less_motion(open_page):
	moving = """[...document.querySelectorAll("*")].filter((e) => {
		const style = getComputedStyle(e);
		return style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0) || style.animationName !== "none"
			|| style.scrollBehavior === "smooth";
	}).length"""
	for wish, expected in (("reduce", False), ("no-preference", True)):
		page = open_page(reduced_motion=wish)
		page.goto("/nl/form/help")
		assert bool(page.evaluate(moving)) is expected, wish
