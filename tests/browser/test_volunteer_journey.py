"""From the web form to the first shift, as the stranger and the volunteer coordinator walk it in a browser."""

from __future__ import annotations

import time
import uuid

import pytest

from lsm_crm.constants import VOLUNTEER_COORDINATOR
from lsm_crm.public_forms.limits import FASTEST_SECONDS
from tests.browser.desk import DeskForm

pytestmark = pytest.mark.browser
SCREENED = (
	{"requirement": "Right to Work", "may_volunteer": "May Volunteer"},
	{"requirement": "Agreement"},
	{"requirement": "Confidentiality Statement"},
)


def press_main(page) -> None:
	with page.expect_navigation():
		page.locator(".main-button").click()


def register(page, email: str) -> None:
	"""The form in Dutch, a bad address first, up to the sent page."""
	page.goto("/nl/form/volunteer")
	opened = time.monotonic()
	page.locator("#f-first_name").fill("ሳባ")
	page.locator("#f-last_name").fill("Voorbeeld")
	page.locator("#f-email").fill("geen adres")
	page.locator("#f-preferred_language").select_option("ti")
	press_main(page)
	assert page.locator("#f-email-error").is_visible()
	assert page.locator("#f-first_name").input_value() == "ሳባ"
	page.locator("#f-email").fill(email)
	press_main(page)
	page.locator("input[name=f-roles][value=Cook]").check()
	press_main(page)
	page.locator("#f-languages-0-language").select_option("ti")
	with page.expect_navigation():
		page.locator("button[value='add:languages']").click()
	page.locator("#f-languages-1-language").select_option("nl")
	press_main(page)
	page.locator("input[name=f-availability]").nth(1).check()
	page.locator("input[name=f-availability]").nth(4).check()
	press_main(page)
	page.locator("#f-consent_to_store").check()
	press_main(page)
	page.locator("main", has_text=email).wait_for()
	# As slow as the fastest person: what is sent sooner is shown once more, as from a program.
	page.wait_for_timeout(max(0, FASTEST_SECONDS + 1 - (time.monotonic() - opened)) * 1000)
	page.locator(".main-button").dblclick()
	page.locator(".reference").wait_for()


def screen_in_the_desk(desk: DeskForm, name: str, values: dict) -> None:
	"""One screening item by the form, as the coordinator opens it beside the volunteer."""
	page = desk.page
	page.evaluate(
		"values => frappe.new_doc('Screening Item', values)", {"volunteer": name, "requirement": values["requirement"]}
	)
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Screening Item' && cur_frm.is_new()")
	desk.fill(result="Approved", **values)
	page.keyboard.press("Control+s")
	page.wait_for_function("() => cur_frm.doctype === 'Screening Item' && !cur_frm.is_new() && !cur_frm.is_dirty()")


def test_a_stranger_registers_and_is_taken_on(open_page, page_as, rows, nl, shoot, no_earlier_sendings):
	email = f"{uuid.uuid4().hex[:10]}@example.org"
	page = open_page()
	register(page, email)
	shoot(page, "volunteer-sent")
	(found,) = rows("Volunteer", {"email": email}, ["name", "workflow_state"])
	assert found.workflow_state == "Applied"
	name = found.name
	assert {row.language for row in rows("Volunteer Language", {"parent": name}, ["language"])} == {"ti", "nl"}
	assert len(rows("Volunteer Availability", {"parent": name})) == 2

	page = page_as(VOLUNTEER_COORDINATOR)
	page.goto("/app/volunteer?workflow_state=Applied")
	page.locator(".list-row", has_text="ሳባ").first.wait_for()
	shoot(page, "applications")
	desk = DeskForm(page, nl, "Volunteer", name)
	shoot(page, "application")
	desk.act("Invite to Interview", "Interview")
	desk.fill(interview_on="2026-01-10 10:00:00", interview_result="Prettig gesprek").save()
	desk.act("Start Screening", "Screening")
	desk.act("Take On")
	desk.refused(nl("Right to Work"), nl("Agreement"), nl("Confidentiality Statement"))
	assert rows("Volunteer", {"name": name}, ["workflow_state"])[0].workflow_state == "Screening"
	for values in SCREENED:
		screen_in_the_desk(desk, name, values)
	DeskForm(page, nl, "Volunteer", name).act("Take On", "Active")
	shoot(page, "volunteer-active")
	assert rows("Volunteer Role Choice", {"parent": name}, ["role", "state"]) == [{"role": "Cook", "state": "Accepted"}]
