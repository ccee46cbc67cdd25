"""From the web form to taken on, as the stranger and the volunteer coordinator walk it in a browser."""

from __future__ import annotations

import uuid

import pytest

from lsm_crm.constants import VOLUNTEER_COORDINATOR
from tests.browser.desk import DeskForm
from tests.browser.registration import fill_registration, send_twice

pytestmark = pytest.mark.browser
SCREENED = (
	{"requirement": "Right to Work", "may_volunteer": "May Volunteer"},
	{"requirement": "Agreement"},
	{"requirement": "Confidentiality Statement"},
)


def screen_in_the_desk(desk: DeskForm, name: str, values: dict) -> None:
	"""One screening item by the form, as the coordinator opens it beside the volunteer."""
	page = desk.page
	page.goto("/app/screening-item/new")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Screening Item' && cur_frm.is_new()")
	desk.fill(volunteer=name, result="Approved", **values)
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => cur_frm.doctype === 'Screening Item' && !cur_frm.is_new() && !cur_frm.is_dirty()")


def test_a_stranger_registers_and_is_taken_on(open_page, page_as, rows, nl, shoot, no_earlier_sendings):
	email = f"{uuid.uuid4().hex[:10]}@example.org"
	page = open_page()
	fill_registration(page, "nl", email)
	send_twice(page)
	shoot(page, "volunteer-sent")
	(found,) = rows("Volunteer", {"email": email}, ["name", "workflow_state"])
	assert found.workflow_state == "Applied"
	name = found.name
	assert {row.language for row in rows("Volunteer Language", {"parent": name}, ["language"])} == {"ti", "nl"}
	assert len(rows("Volunteer Availability", {"parent": name})) == 1

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
