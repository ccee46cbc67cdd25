"""The public side in a browser: the covering set of languages, widths and JavaScript on or off; axe on each step."""

import uuid

import pytest

from tests.browser.access.accessible import LANGUAGES, axe_finds_nothing, fits
from tests.browser.registration import fill_registration, press_main, send_twice
from tests.support import BENCH

# Every language, both widths and both ways at least four times; all pairs are in the audit's run.
COVERING = [
	("nl", 1280, True),
	("nl", 320, False),
	("en", 1280, False),
	("ar", 320, True),
	("fr", 320, False),
	("es", 1280, True),
	("zh", 320, True),
	("fa", 1280, True),
	("tr", 320, False),
	("am", 1280, True),
	("ru", 1280, False),
	("ti", 320, True),
]


def assert_accessible(page, script: bool) -> None:
	fits(page)
	if script:
		axe_finds_nothing(page)


@pytest.mark.parametrize(("language", "width", "script"), COVERING)
def test_a_stranger_registers_as_a_volunteer(open_page, frappe_site, no_earlier_sendings, language, width, script):
	page, email = open_page(width=width, java_script_enabled=script), f"{uuid.uuid4().hex[:10]}@example.org"

	def look() -> None:
		if script and page.locator("#f-email-error").count():
			# The summary of what is wrong has the focus.
			assert page.evaluate("document.activeElement.id") == "summary"
		assert_accessible(page, script)

	fill_registration(page, language, email, look)
	assert page.locator("html").get_attribute("dir") == ("rtl" if language in ("ar", "fa") else "ltr")
	send_twice(page)
	assert_accessible(page, script)
	frappe_site.db.rollback()
	assert frappe_site.db.count("Volunteer", {"email": email}) == 1


def test_the_back_button_keeps_what_was_typed(open_page):
	page = open_page()
	page.goto("/nl/form/volunteer")
	page.locator("#f-first_name").fill("Saba")
	page.locator("#f-email").fill("saba@example.org")
	press_main(page)
	page.locator("input[name=f-roles]").first.check()
	press_main(page)
	page.go_back()
	assert page.locator("input[name=f-roles]").first.is_checked()
	press_main(page)
	assert page.locator("#f-languages-0-language").count() == 1


def test_a_lost_connection_is_told_and_nothing_is_lost(open_page):
	page = open_page()
	page.goto("/nl/form/volunteer")
	page.locator("#f-first_name").fill("Saba")
	page.locator("#f-email").fill("saba@example.org")
	page.context.set_offline(True)
	page.locator(".main-button").click()
	page.get_by_text("Er is geen verbinding").wait_for()
	assert page.locator("#f-first_name").input_value() == "Saba"
	page.context.set_offline(False)
	press_main(page)
	assert page.locator("input[name=f-roles]").first.is_visible()


def test_a_question_for_help_with_the_keyboard_alone(open_page):
	page = open_page(width=390)
	page.goto("/nl/form/help")
	page.locator("#f-topic").focus()
	page.keyboard.press("Tab")
	page.keyboard.type("Ik kreeg een brief van de gemeente")
	for _number in range(10):
		page.keyboard.press("Tab")
		if page.evaluate("document.activeElement.className") == "main-button":
			break
	page.keyboard.press("Enter")
	page.locator("#f-contact_how-0").wait_for()
	# Fields that do not apply yet are not shown; the number appears with the choice that needs it.
	assert not page.locator("#f-contact_phone").is_visible()
	page.locator("#f-contact_how-0").focus()
	page.keyboard.press("Space")
	assert page.locator("#f-contact_phone").is_visible() and page.locator("#f-safe_to_contact-0").is_visible()


def test_consent_texts_show_the_dutch_while_nobody_has_reviewed_them(open_page):
	page = open_page()
	page.goto("/ti/privacy")
	assert page.locator("main .dutch[lang=nl]").count() > 5
	page.goto("/nl/privacy")
	assert page.locator("main .dutch").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_is_light_and_asks_nobody_else(open_page, language):
	"""Under 100 kB and two requests as the browser makes them, fonts apart; every request goes to the site itself."""
	page, answers = open_page(width=390), []
	page.on("response", lambda answer: answers.append(answer))
	page.goto(f"/{language}/", wait_until="networkidle")
	assert {answer.url.split("/")[2] for answer in answers if not answer.url.startswith("data:")} == {
		BENCH.url.split("/")[2]
	}
	answers = [answer for answer in answers if answer.url.startswith("http")]
	light = [answer for answer in answers if answer.request.resource_type != "font"]
	assert len(light) == 2, [answer.url for answer in light]
	assert sum(len(answer.body()) for answer in light) < 100_000
	fonts = sum(len(answer.body()) for answer in answers if answer.request.resource_type == "font")
	assert fonts < 200_000, f"{language}: {fonts} bytes of fonts"
