"""The buttons of casework in the desk, each pressed as its role: what the page says and what is stored."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.desk import DeskForm
from tests.browser.test_case_journey import new_name

pytestmark = pytest.mark.browser
WORKER, COORDINATOR, FRONT_OFFICE = "LSM Case Worker", "LSM Coordinator", "LSM Front Office"
MAYBE_BSN = "111222333"


@pytest.fixture
def case(frappe_site, account_of):
	"""A case of the sample case worker, with a client of a new name."""
	from lsm_crm.tests.factories import make_case, make_client

	client = make_client(first_name=new_name(), last_name=new_name())
	doc = make_case(client.name, case_type="Debt and collection", worker=account_of(WORKER)["user"])
	frappe_site.db.commit()
	return doc


def menu_item(page, group: str, item: str) -> None:
	page.locator(".page-container:visible .inner-group-button", has_text=group).locator("button").first.click()
	page.locator(".page-container:visible .inner-group-button .dropdown-item", has_text=item).first.click()


def dialog(page):
	box = page.locator(".modal.show .modal-content").last
	expect(box).to_be_visible()
	return box


def new_form(page, doctype: str) -> dict:
	"""The new document that a button opened, as the form holds it."""
	page.wait_for_function("d => window.cur_frm && cur_frm.doctype === d && cur_frm.is_new()", arg=doctype)
	return page.evaluate("cur_frm.doc")


def test_what_a_worker_adds_to_a_case(page_as, rows, case, nl, shoot):
	page = page_as(WORKER)
	for label, doctype in (("Note", "Case Note"), ("Appointment", "Client Appointment"), ("Referral", "Referral")):
		DeskForm(page, nl, "Case", case.name)
		menu_item(page, nl("Add"), nl(label))
		doc = new_form(page, doctype)
		assert doc["case"] == case.name and doc.get("client") in (None, case.client), doctype
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Consent"))
	new_form(page, "Client Consent")
	page.wait_for_function("() => /^Share with a partner .* nl$/.test(cur_frm.doc.consent_text)")
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Deadline"))
	box = dialog(page)
	expect(box).to_contain_text("Laatste termijn voor incassokosten")
	shoot(page, "deadline")
	box.locator(".btn-primary").click()
	expect(page.locator(".desk-alert")).to_contain_text(re.compile(r"\d"))
	stored = rows("Case Deadline", {"case": case.name, "kind": "Legal"}, ["title", "source"])
	assert [row.title for row in stored] == ["Laatste termijn voor incassokosten"]
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Letter"))
	dialog(page).locator(".btn-primary").click()
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Case Letter' && !cur_frm.is_new()")
	assert len(rows("Case Letter", {"case": case.name})) == 1
	DeskForm(page, nl, "Case", case.name)
	page.get_by_role("button", name=nl("Timeline"), exact=True).click()
	expect(dialog(page)).to_contain_text("Laatste termijn voor incassokosten")
	shoot(page, "timeline")


def test_the_coordinator_chooses_a_worker_with_reasons(page_as, rows, case, nl, shoot, frappe_site, account_of):
	from lsm_crm.tests.factories import make_user

	leaving = make_user(WORKER, email=f"{secrets.token_hex(5)}@example.org", first_name="Vertrekkend")
	taking = make_user(WORKER, email=f"{secrets.token_hex(5)}@example.org", first_name="Overnemend")
	frappe_site.db.commit()
	page = page_as(COORDINATOR)
	DeskForm(page, nl, "Case", case.name)
	page.get_by_role("button", name=nl("Suggest a worker"), exact=True).click()
	box = dialog(page)
	expect(box).to_contain_text(nl("{0} open cases", 0))
	shoot(page, "suggestion")
	other = box.locator("p", has_text="Overnemend")
	other.get_by_role("button", name=nl("Choose")).click()
	page.wait_for_function("user => cur_frm.doc.worker === user && !cur_frm.is_dirty()", arg=taking.name)
	assert rows("Case", {"name": case.name}, ["worker"])[0].worker == taking.name
	for name in (leaving.name, taking.name):
		frappe_site.db.set_value("User", name, "enabled", 0)
	frappe_site.db.commit()


def test_a_number_like_a_bsn_is_held_up_and_may_be_confirmed(page_as, rows, case, nl, shoot, frappe_site):
	frappe_site.db.delete("Number Confirmation")
	frappe_site.db.commit()
	page = page_as(WORKER)
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Note"))
	new_form(page, "Case Note")
	page.evaluate("text => cur_frm.set_value('text', text)", f"Kenmerk {MAYBE_BSN} van de bank")
	page.keyboard.press("Control+s")
	box = dialog(page)
	expect(box).to_contain_text("BSN")
	expect(box).to_contain_text("33")
	shoot(page, "bsn")
	assert not rows("Case Note", {"case": case.name})
	box.get_by_role("button", name=nl("It is another number")).click()
	meaning = page.locator(".modal.show [data-fieldname=meaning] input")
	meaning.fill("dossiernummer van de bank")
	page.locator(".modal.show .btn-primary:visible").last.click()
	expect(page.locator(".desk-alert")).to_be_visible()
	page.locator(".modal.show").wait_for(state="hidden")
	page.keyboard.press("Control+s")
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
	assert len(rows("Case Note", {"case": case.name})) == 1
	logged = rows("Number Confirmation", {}, ["ending", "meaning", "document_type"])
	assert [(row.ending, row.meaning, row.document_type) for row in logged] == [
		("33", "dossiernummer van de bank", "Case Note")
	]


def test_the_front_office_makes_a_case_of_an_open_request(page_as, rows, nl, shoot, frappe_site, account_of):
	from lsm_crm.tests.factories import make_help_request

	request = make_help_request(volunteer=account_of(FRONT_OFFICE)["user"])
	frappe_site.db.commit()
	page = page_as(FRONT_OFFICE)
	DeskForm(page, nl, "Help Request", request.name)
	page.get_by_role("button", name=nl("Make a case"), exact=True).click()
	box = dialog(page)
	box.locator("input[role=combobox]").first.fill("Ander")
	page.keyboard.press("Enter")
	box.get_by_label(nl("First name")).fill(new_name())
	shoot(page, "make-case")
	box.locator("button[type=submit]").click()
	page.wait_for_function("() => cur_frm.doc.workflow_state === 'Became Case'")
	made = rows("Help Request", {"name": request.name}, ["case", "workflow_state"])[0]
	assert made.case and made.workflow_state == "Became Case"
