"""A case from the walk-in hour to its closing, in Dutch and in Arabic: front office, case worker, coordinator."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PEOPLE = ("LSM Front Office", "LSM Case Worker", "LSM Coordinator")


@pytest.fixture
def in_language(frappe_site, account_of, as_role):
	"""`in_language("ar")`: the three people read the desk in that language."""
	users = {account_of(role)["user"]: role for role in PEOPLE}
	before = {user: frappe_site.db.get_value("User", user, "language") for user in users}

	def change(languages: dict[str, str]) -> None:
		for user, code in languages.items():
			frappe_site.db.set_value("User", user, "language", code)
		frappe_site.db.commit()
		for user, code in languages.items():
			wait_for_language(frappe_site, as_role(users[user]), user, code)

	yield lambda code: change(dict.fromkeys(users, code))
	change(before)


def wait_for_language(frappe_site, session, user: str, code: str) -> None:
	"""Until the desk comes in `code` twice running: a request begun before the change stores the old one again."""
	seen = 0
	for _try in range(20):
		if seen == 0:
			frappe_site.clear_cache(user=user)
		page = session.get("/app", headers={"Accept": "text/html"}).text
		seen = seen + 1 if f'lang="{code}"' in page[:500] else 0
		if seen == 2:
			return
	raise AssertionError(f"the desk of {user} does not come in {code}")


def new_name() -> str:
	"""A name like nobody's, since a likely double would be shown first."""
	return "".join(random.choices("bdfgklmnprst", k=9)).capitalize()


def make_case(page) -> str:
	"""The front office: a request, then a case of a new client; returns the case's number."""
	page.goto("/app/walk-in")
	expect(page.locator(".lsm-walk-in input[role=combobox]").first).to_be_focused()
	page.keyboard.type("Debt h", delay=20)
	page.keyboard.press("Enter")
	page.keyboard.press("Control+Enter")
	page.locator(".lsm-saved button").first.click()
	expect(page.locator(".lsm-panel input[role=combobox]")).to_be_focused()
	page.keyboard.type("Other", delay=20)
	page.keyboard.press("Enter")
	page.locator(".lsm-panel .lsm-grid input").first.fill(new_name())
	page.locator(".lsm-panel button[type=submit]").click()
	saved = page.locator(".lsm-saved strong")
	expect(saved).to_contain_text("CASE-")
	return re.search(r"CASE-\d{4}-\d+", saved.inner_text()).group()


def open_case(page, name: str) -> None:
	page.goto(f"/app/case/{name}")
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name && !cur_frm.is_new()", arg=name)


def set_and_save(page, fieldname: str, value: str) -> None:
	page.evaluate(
		"async ([field, value]) => { await cur_frm.set_value(field, value); await cur_frm.save(); }", [fieldname, value]
	)


def take_step(page, action: str) -> None:
	label = page.evaluate("action => __(action)", action)
	page.locator(".actions-btn-group button").first.click()
	page.locator(".actions-btn-group .dropdown-item", has_text=label).first.click()


def expect_state(page, state: str) -> None:
	page.wait_for_function("state => cur_frm.doc.workflow_state === state && !cur_frm.is_dirty()", arg=state)


@pytest.mark.parametrize(("code", "direction"), [("nl", "ltr"), ("ar", "rtl")])
def test_from_the_walk_in_hour_to_the_closing(page_as, in_language, account_of, rows, code, direction):
	in_language(code)
	case = make_case(page_as("LSM Front Office"))
	coordinator = page_as("LSM Coordinator")
	open_case(coordinator, case)
	assert coordinator.evaluate("document.documentElement.dir || 'ltr'") == direction
	set_and_save(coordinator, "worker", account_of("LSM Case Worker")["user"])

	worker = page_as("LSM Case Worker")
	open_case(worker, case)
	for action, state in (
		("Start Intake", "Intake"),
		("Start Work", "In Progress"),
		("Wait for Others", "Waiting for Others"),
		("Resume Work", "In Progress"),
	):
		take_step(worker, action)
		expect_state(worker, state)
	take_step(worker, "Request Closing")
	sentence = worker.evaluate("__('Closing needs an outcome. Fill in the outcome of this case first.')")
	expect(worker.locator(".msgprint")).to_contain_text(sentence)
	assert rows("Case", {"name": case}, ["workflow_state"])[0].workflow_state == "In Progress"
	open_case(worker, case)
	set_and_save(worker, "outcome", "Solved")
	take_step(worker, "Request Closing")
	expect_state(worker, "Closing Requested")

	open_case(coordinator, case)
	take_step(coordinator, "Close Case")
	expect_state(coordinator, "Closed")
	stored = rows("Case", {"name": case}, ["workflow_state", "outcome", "closed_by"])[0]
	assert (stored.workflow_state, stored.outcome, stored.closed_by) == (
		"Closed",
		"Solved",
		account_of("LSM Coordinator")["user"],
	)
