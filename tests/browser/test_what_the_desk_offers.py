"""What the guard has closed is not offered in the desk: nobody is led to a button that answers "your role may not do this"."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LISTS = {"LSM Coordinator": "case", "LSM Kitchen": "catering-order", "LSM Volunteer Coordinator": "volunteer"}


@pytest.fixture(params=LISTS.items(), ids=LISTS)
def opened(request, page_as):
	"""(page on a list with rows, addresses of what was refused)."""
	role, path = request.param
	page, refused = page_as(role), []
	page.on("response", lambda answer: refused.append(answer.url) if answer.status == 403 else None)
	page.goto(f"/app/{path}/view/list")
	page.wait_for_selector(".result .list-row-checkbox")
	yield page, refused
	assert refused == []


def at_rest(page) -> None:
	page.wait_for_function("() => !frappe.request.ajax_count")


def test_rows_are_chosen_and_only_what_works_is_offered(opened, nl):
	page, _refused = opened
	for number in (0, 1):
		page.locator(".result .list-row-checkbox").nth(number).check()
	at_rest(page)
	page.locator(".page-head:visible .actions-btn-group > button").click()
	offered = page.locator(".actions-btn-group .dropdown-menu li:visible").all_inner_texts()
	known = {nl("Print"), nl("Export"), nl("Delete")}
	assert {text.strip() for text in offered} - {""} <= known
	assert nl("Print") in {text.strip() for text in offered}


def test_other_views_are_those_that_there_are(opened, nl):
	page, _refused = opened
	button = page.locator(".page-head:visible .custom-actions .custom-btn-group > button").first
	button.click()
	offered = page.locator(".custom-btn-group .dropdown-menu:visible li[data-view], .dropdown-menu:visible [data-view]")
	names = {one.get_attribute("data-view") for one in offered.all()}
	assert "Report" in names and "Dashboard" not in names
	assert nl("Report View") in offered.all_inner_texts()[0]
	address = page.url.split("/view/")[0]
	page.goto(f"{address}/view/kanban")
	board = "Kanban" in names
	page.wait_for_url("**/view/kanban/*" if board else "**/view/list")
	assert board is ("volunteer" not in address)
	at_rest(page)


def test_chosen_rows_are_printed_in_one_file(opened, nl):
	page, _refused = opened
	page.locator(".result .list-row-checkbox").first.check()
	page.locator(".page-head:visible .actions-btn-group > button").click()
	page.locator(".actions-btn-group .dropdown-menu li:visible", has_text=nl("Print")).click()
	with page.context.expect_event("response", lambda answer: "download_multi_pdf" in answer.url) as answer:
		page.locator(".modal.show .btn-primary:visible").click()
	assert answer.value.status == 200 and answer.value.headers["content-type"] == "application/pdf"


def test_a_list_is_narrowed_by_who_made_its_records(opened):
	page, _refused = opened
	button = page.locator(".list-sidebar .group-by-field:visible")
	expect(button).to_have_count(1)  # assigning is closed
	expect(button.locator("a").first).to_have_attribute("data-fieldname", "owner")
	button.locator("a").first.click()
	expect(button.locator(".group-by-item").first).to_be_visible()
	at_rest(page)


def test_the_menu_of_a_form_has_no_closed_entry(opened, nl):
	page, _refused = opened
	page.locator(".result .list-row .list-subject a").first.click()
	page.wait_for_selector(".form-page:visible")
	at_rest(page)
	page.locator(".page-head:visible .menu-btn-group > button").click()
	offered = page.locator(".page-head:visible .menu-btn-group .dropdown-menu li:visible").all_inner_texts()
	names = {text.strip().split("\n")[0] for text in offered}
	assert nl("Reload") in names
	assert names.isdisjoint({nl(label) for label in ("Links", "Remind Me", "Rename", "Copy to Clipboard")})
	expect(page.locator(".page-head:visible .title-area")).not_to_have_class(re.compile("editable-title"))
