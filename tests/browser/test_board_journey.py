"""The board in a browser: figures for everything, nobody to open."""

from __future__ import annotations

import re
from datetime import date

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
def test_the_board_sees_figures_and_can_open_nobody(page_as, rows, nl, shoot):
	page = page_as(BOARD)
	page.goto("/app")
	card = page.locator(".number-widget-box", has_text=nl("Help requests this year")).locator(".number")
	card.wait_for()
	page.wait_for_function("() => /\\d/.test(document.querySelector('.number-widget-box .number').innerText)")
	shoot(page, "board")
	total = {"figure": "Help Requests", "grain": "Year", "dimension": "Total"}
	stored = rows("Daily Figure", {**total, "day": (">=", f"{date.today().year}-01-01")}, ["amount"])
	assert int(re.sub(r"\D", "", card.inner_text())) == sum(row["amount"] for row in stored) > 0
	open_client_is_refused(page, rows)
	for doctype in PEOPLE:
		name = rows(doctype)[0].name
		answer = page.request.get(f"/api/resource/{doctype}/{name}")
		assert answer.status in (403, 404), f"{doctype}: {answer.status}"
