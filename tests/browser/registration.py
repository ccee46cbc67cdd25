"""The volunteers' web form as a stranger fills it in."""

from __future__ import annotations

import time
from collections.abc import Callable

from lsm_crm.public_forms.limits import FASTEST_SECONDS


def press_main(page) -> None:
	with page.expect_navigation():
		page.locator(".main-button").click()


def fill_registration(page, language: str, email: str, look: Callable[[], None] = lambda: None) -> None:
	"""Every step up to the review, with a bad address first; `look` is called on each page."""
	page.goto(f"/{language}/form/volunteer")
	opened = time.monotonic()
	look()
	page.locator("#f-first_name").fill("ሳባ علي")
	page.locator("#f-email").fill("geen adres")
	press_main(page)
	# The bad address is told beside the field; what was typed is still there.
	assert page.locator("#f-email-error").is_visible()
	assert page.locator("#f-first_name").input_value() == "ሳባ علي"
	assert page.locator("#f-email").input_value() == "geen adres"
	look()
	page.locator("#f-email").fill(email)
	press_main(page)
	page.locator("input[name=f-roles][value=Cook]").check()
	look()
	press_main(page)
	page.locator("#f-languages-0-language").select_option("ti")
	with page.expect_navigation():
		page.locator("button[value='add:languages']").click()
	page.locator("#f-languages-1-language").select_option("nl")
	look()
	press_main(page)
	page.locator("input[name=f-availability]").nth(3).check()
	look()
	press_main(page)
	page.locator("#f-consent_to_store").check()
	look()
	press_main(page)
	look()
	assert email in page.locator("main").inner_text()
	# As slow as the fastest person: what is sent sooner is shown once more, as from a program.
	page.wait_for_timeout(max(0, FASTEST_SECONDS + 1 - (time.monotonic() - opened)) * 1000)


def send_twice(page) -> None:
	"""The button pressed twice, as an impatient person does."""
	page.locator(".main-button").dblclick()
	page.locator(".reference").wait_for()
