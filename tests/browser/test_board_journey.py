"""The board in a browser: figures for everything, nobody to open."""

from __future__ import annotations

import re

import pytest

from lsm_crm.constants import BOARD
from tests.browser.desk import open_client_is_refused

PEOPLE = (
	"Client",
	"Case",
	"Help Request",
	"Volunteer",
	"Pupil",
	"Senior Registration",
	"Event Registration",
)


@pytest.mark.browser
def test_the_board_sees_figures_and_can_open_nobody(page_as, rows, shoot):
	page = page_as(BOARD)
	page.goto("/app")
	numbers = page.locator(".number-widget-box .number")
	numbers.first.wait_for()
	page.wait_for_function(
		"() => [...document.querySelectorAll('.number-widget-box .number')].some(box => /\\d/.test(box.innerText))"
	)
	shoot(page, "board")
	shown = " ".join(numbers.all_inner_texts())
	year = rows("Help Request", {"date": (">=", "2026-01-01")})
	assert year and re.search(r"[1-9]", shown), shown
	open_client_is_refused(page, rows)
	for doctype in PEOPLE:
		name = rows(doctype)[0].name
		answer = page.request.get(f"/api/resource/{doctype}/{name}")
		assert answer.status in (403, 404), f"{doctype}: {answer.status}"
