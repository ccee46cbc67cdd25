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


def test_the_coordinator_chooses_a_worker_with_reasons_and_hands_over(
	page_as, rows, case, nl, shoot, frappe_site, account_of
):
	from lsm_crm.tests.factories import make_case, make_user

	leaving = make_user(WORKER, email=f"{secrets.token_hex(5)}@example.org", first_name="Vertrekkend")
	taking = make_user(WORKER, email=f"{secrets.token_hex(5)}@example.org", first_name=new_name())
	theirs = [make_case(worker=leaving.name).name for _nth in range(2)]
	frappe_site.db.commit()
	page = page_as(COORDINATOR)
	DeskForm(page, nl, "Case", case.name)
	page.get_by_role("button", name=nl("Suggest a worker"), exact=True).click()
	box = dialog(page)
	expect(box).to_contain_text(nl("{0} open cases", 0))
	shoot(page, "suggestion")
	other = box.locator("p", has_text=taking.first_name)
	other.get_by_role("button", name=nl("Choose")).click()
	page.wait_for_function("user => cur_frm.doc.worker === user && !cur_frm.is_dirty()", arg=taking.name)
	assert rows("Case", {"name": case.name}, ["worker"])[0].worker == taking.name

	DeskForm(page, nl, "Case", theirs[0])
	page.get_by_role("button", name=nl("Hand over all cases"), exact=True).click()
	box = dialog(page)
	box.locator("[data-fieldname=successor] input").fill(taking.name)
	page.locator(".awesomplete li", has_text=taking.name).first.click()
	box.locator("[data-fieldname=reason] input").fill("Verhuist")
	box.locator(".btn-primary").click()
	expect(page.locator(".modal.show").last).to_contain_text(nl("Handed over: {0}", 2))
	assert {row.worker for row in rows("Case", {"name": ("in", theirs)}, ["worker"])} == {taking.name}
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


def test_a_paper_is_attached_to_a_case_and_stays_private(page_as, guest, rows, case, nl, shoot):
	page = page_as(WORKER)
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Paper"))
	new_form(page, "Case Document")
	page.evaluate("cur_frm.set_value('title', 'Brief')")
	page.locator(".page-container:visible [data-fieldname=file] button", has_text=nl("Attach")).first.click()
	attach(page, "brief.txt", b"Beste mevrouw")
	shoot(page, "paper")
	stored = rows("Case Document", {"case": case.name}, ["name", "file"])[0]
	assert stored.file.startswith("/private/files/")
	assert page.request.get(stored.file).text() == "Beste mevrouw"
	assert guest.get(stored.file).status_code in (403, 404)


def attach(page, name: str, content: bytes) -> None:
	"""Choose a file in the desk's uploader and send it."""
	uploader = page.locator(".modal.show .file-uploader")
	uploader.wait_for()
	uploader.locator("input[type=file]").first.set_input_files(
		{"name": name, "mimeType": "text/plain" if name.endswith("txt") else "text/csv", "buffer": content}
	)
	page.locator(".modal.show .btn-primary:visible").last.click()
	uploader.wait_for(state="hidden")
	page.wait_for_function("() => cur_frm.doc.file && !cur_frm.is_new() && !cur_frm.is_dirty()")


def test_a_register_is_checked_and_taken_over(page_as, rows, nl, shoot):
	page = page_as(COORDINATOR)
	page.goto("/app/register-import/new")
	new_form(page, "Register Import")
	page.locator(".page-container:visible [data-fieldname=file] button", has_text=nl("Attach")).first.click()
	attach(page, "register.csv", f"Datum;Onderwerp;Opmerking\n27-03-2021;Schuldhulp;{new_name()}\n".encode())
	name = page.evaluate("cur_frm.doc.name")
	page.get_by_role("button", name=nl("Check the file"), exact=True).click()
	page.wait_for_function("() => cur_frm.doc.status === 'Checked'", timeout=30_000)
	shoot(page, "import")
	page.get_by_role("button", name=nl("Take it over"), exact=True).click()
	page.wait_for_function("() => cur_frm.doc.status === 'Imported'", timeout=30_000)
	assert rows("Register Import", {"name": name}, ["imported_count"])[0].imported_count == 1


def test_a_double_is_shown_before_a_client_is_saved(page_as, rows, nl, shoot, frappe_site):
	from lsm_crm.tests.factories import make_client

	last = new_name()
	known = make_client(first_name="محمد", last_name=last)
	frappe_site.db.commit()
	page = page_as(WORKER)
	page.goto("/app/client/new")
	new_form(page, "Client")
	page.evaluate(
		"v => cur_frm.set_value(v)", {"first_name": "Muhammad", "last_name": last, "preferred_language": "nl"}
	)
	page.keyboard.press("Control+s")
	box = dialog(page)
	expect(box).to_contain_text(known.name)
	shoot(page, "doubles")
	assert not rows("Client", {"first_name": "Muhammad", "last_name": last})
	box.locator(".btn-primary").click()
	page.wait_for_function("() => !cur_frm.is_new()")
	assert len(rows("Client", {"first_name": "Muhammad", "last_name": last})) == 1


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


def test_a_card_is_dragged_on_the_board_and_refused_with_a_sentence(page_as, rows, case, nl, shoot):
	page = page_as(WORKER)
	page.goto("/app/case/view/kanban/Cases")
	card = page.locator(f'.kanban-card-wrapper[data-name="{case.name}"]')
	card.wait_for()
	drag(page, card, "Intake")
	page.wait_for_function(
		"name => document.querySelector(`.kanban-column[data-column-value=Intake] [data-name='${name}']`)",
		arg=case.name,
	)
	page.wait_for_function("() => !frappe.request.ajax_count")
	assert rows("Case", {"name": case.name}, ["workflow_state"])[0].workflow_state == "Intake"
	drag(page, card, "Reopened")
	expect(page.locator(".modal.show .msgprint")).to_contain_text(case.name)
	shoot(page, "board-refused")
	assert rows("Case", {"name": case.name}, ["workflow_state"])[0].workflow_state == "Intake"


def drag(page, card, column: str) -> None:
	"""With the mouse, as the board follows it step by step."""
	target = page.locator(f'.kanban-column[data-column-value="{column}"]')
	target.scroll_into_view_if_needed()
	card.scroll_into_view_if_needed()
	start, end = card.bounding_box(), target.bounding_box()
	page.mouse.move(start["x"] + 40, start["y"] + 20)
	page.mouse.down()
	page.mouse.move(start["x"] + 60, start["y"] + 40, steps=5)
	page.mouse.move(end["x"] + 100, end["y"] + 120, steps=15)
	page.mouse.move(end["x"] + 105, end["y"] + 125, steps=5)
	page.mouse.up()
