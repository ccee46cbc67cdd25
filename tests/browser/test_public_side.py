"""The public side in a browser: the covering set of languages, widths and JavaScript on or off; axe on each step."""

import time
import uuid

import pytest

from lsm_crm.public_forms.limits import FASTEST_SECONDS
from tests.browser.access.accessible import axe_finds_nothing, fits

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


def press_main(page) -> None:
	with page.expect_navigation():
		page.locator(".main-button").click()


def fill_registration(page, email: str, script: bool) -> None:
	assert_accessible(page, script)
	page.locator("#f-first_name").fill("ሳባ علي")
	page.locator("#f-email").fill("geen adres")
	press_main(page)
	# The bad address is told beside the field and in the summary, which has the focus; the name is still there.
	assert page.locator("#f-email-error").is_visible() and page.locator("#f-first_name").input_value() == "ሳባ علي"
	if script:
		assert page.evaluate("document.activeElement.id") == "summary"
	assert_accessible(page, script)
	page.locator("#f-email").fill(email)
	press_main(page)
	page.locator("input[name=f-roles]").first.check()
	assert_accessible(page, script)
	press_main(page)
	page.locator("#f-languages-0-language").select_option("ti")
	with page.expect_navigation():
		page.locator("button[value='add:languages']").click()
	page.locator("#f-languages-1-language").select_option("nl")
	assert_accessible(page, script)
	press_main(page)
	page.locator("input[name=f-availability]").nth(3).check()
	assert_accessible(page, script)
	press_main(page)
	page.locator("#f-consent_to_store").check()
	assert_accessible(page, script)
	press_main(page)
	assert_accessible(page, script)
	assert email in page.locator("main").inner_text()


@pytest.mark.parametrize(("language", "width", "script"), COVERING)
def test_a_stranger_registers_as_a_volunteer(open_page, frappe_site, no_earlier_sendings, language, width, script):
	page, email = open_page(width=width, java_script_enabled=script), f"{uuid.uuid4().hex[:10]}@example.org"
	page.goto(f"/{language}/form/volunteer")
	assert page.locator("html").get_attribute("dir") == ("rtl" if language in ("ar", "fa") else "ltr")
	opened = time.monotonic()
	fill_registration(page, email, script)
	# As slow as the fastest person: what is sent sooner is shown once more, as from a program.
	page.wait_for_timeout(max(0, FASTEST_SECONDS + 1 - (time.monotonic() - opened)) * 1000)
	page.locator(".main-button").dblclick()
	page.locator(".reference").wait_for()
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
