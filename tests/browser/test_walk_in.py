"""The walk-in page: a request by keyboard alone, on a phone, in Dutch and in Arabic, and on to a case."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_PRESSES, MOST_SECONDS = 12, 60


class Keyboard:
	"""Counts the keys beyond typed text; a key held down for another counts too."""

	def __init__(self, page):
		self.page, self.presses = page, 0

	def press(self, key: str) -> None:
		self.presses += key.count("+") + 1
		self.page.keyboard.press(key)

	def type(self, text: str) -> None:
		self.page.keyboard.type(text, delay=20)


def open_walk_in(page_as, **options):
	page = page_as("LSM Front Office", **options)
	page.goto("/app/walk-in")
	expect(page.locator(".lsm-walk-in input[role=combobox]").first).to_be_focused()
	return page


def take_down(page) -> tuple[str, Keyboard]:
	keys = Keyboard(page)
	keys.type("schuldh")
	keys.press("Enter")
	keys.press("Enter")
	keys.type("arab")
	keys.press("Enter")
	keys.type("advies")
	keys.press("Enter")
	keys.press("Enter")
	keys.type("merenw")
	keys.press("Enter")
	keys.press("Control+Enter")
	saved = page.locator(".lsm-saved strong")
	expect(saved).to_contain_text("HR-")
	return saved.inner_text().split("HR-")[1].split()[0], keys


@pytest.fixture
def in_language(frappe_site, account_of):
	user = account_of("LSM Front Office")["user"]
	before = frappe_site.db.get_value("User", user, "language")

	def change(code: str) -> None:
		frappe_site.db.set_value("User", user, "language", code)
		frappe_site.db.commit()
		frappe_site.clear_cache(user=user)

	yield change
	change(before)


def test_a_request_by_keyboard_alone_in_dutch(page_as, in_language, frappe_site):
	in_language("nl")
	page = open_walk_in(page_as)
	expect(page.get_by_label("Onderwerpen")).to_be_focused()
	start = time.monotonic()
	number, keys = take_down(page)
	seconds = time.monotonic() - start
	print(f"\nHelp request: {keys.presses} key presses beyond text, {seconds:.1f} s by machine")
	assert keys.presses < MOST_PRESSES and seconds < MOST_SECONDS
	frappe_site.db.rollback()
	stored = frappe_site.get_doc("Help Request", f"HR-{number}")
	assert (stored.main_topic, stored.language, stored.area, stored.workflow_state) == (
		"Debt help",
		"ar",
		"Merenwijk",
		"Answered",
	)
	expect(page.locator(".lsm-today")).to_contain_text(f"HR-{number}")
	expect(page.get_by_label("Onderwerpen")).to_be_focused()


def test_on_a_phone_nothing_runs_off_the_screen(page_as, in_language):
	in_language("nl")
	page = open_walk_in(page_as, width=390, height=800)
	take_down(page)
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	box = page.locator(".lsm-save").bounding_box()
	assert box["height"] >= 44


def test_in_arabic_from_right_to_left(page_as, in_language):
	in_language("ar")
	page = page_as("LSM Front Office")
	page.goto("/app/walk-in")
	expect(page.locator(".lsm-walk-in input[role=combobox]").first).to_be_focused()
	assert page.evaluate("getComputedStyle(document.querySelector('.lsm-walk-in')).direction") == "rtl"
	page.keyboard.type("Debt h", delay=20)
	page.keyboard.press("Enter")
	page.keyboard.press("Control+Enter")
	expect(page.locator(".lsm-saved strong")).to_contain_text("HR-")


def test_without_a_topic_it_says_so_and_keeps_the_rest(page_as, in_language):
	in_language("nl")
	page = open_walk_in(page_as)
	page.keyboard.press("Control+Enter")
	expect(page.get_by_role("alert")).to_contain_text("onderwerp")
	expect(page.get_by_label("Onderwerpen")).to_be_focused()


def test_a_request_becomes_a_case_and_a_double_is_shown(page_as, in_language, frappe_site):
	from lsm_crm.tests.factories import make_client

	make_client(first_name="Oleksandra", last_name="Dubbelhaven", birth_year=1985)
	frappe_site.db.commit()
	in_language("nl")
	page = open_walk_in(page_as)
	number, _keys = take_down(page)
	page.get_by_role("button", name="Maak een zaak").click()
	page.keyboard.type("schuld", delay=20)
	page.keyboard.press("Enter")
	page.get_by_label("Voornaam").fill("Aleksandra")
	page.get_by_label("Achternaam").fill("Dubbelhaven")
	page.locator(".lsm-panel button[type=submit]").click()
	expect(page.locator(".lsm-found button").first).to_contain_text("Dubbelhaven")
	page.locator(".lsm-found button").first.click()
	page.locator(".lsm-panel button[type=submit]").click()
	expect(page.locator(".lsm-saved")).to_contain_text("CASE-")
	frappe_site.db.rollback()
	case = frappe_site.db.get_value("Help Request", f"HR-{number}", "case")
	assert (
		frappe_site.db.get_value("Client", frappe_site.db.get_value("Case", case, "client"), "last_name")
		== "Dubbelhaven"
	)
