"""Two records of one person become one: the coordinator's button, what is asked first, what is stored, and who may not."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.desk import DeskForm
from tests.browser.test_case_journey import new_name
from tests.browser.test_casework_desk import dialog

pytestmark = pytest.mark.browser
WORKER, COORDINATOR = "LSM Case Worker", "LSM Coordinator"
BUTTON = "Merge a double into this client"


@pytest.fixture
def doubles(site, account_of):
	"""The client to keep, and a double with a case, a request, a consent and a note, all of a worker who may read both."""
	from lsm_crm.tests.factories import make, make_case, make_client, make_consent, make_help_request

	worker, last = account_of(WORKER)["user"], new_name()
	kept = make_client(first_name="Muhammad", last_name=last, preferred_language="ar", safe_to_call=1)
	double = make_client(first_name="محمد", last_name=last, preferred_language="nl", phone="0612345670")
	make_case(kept.name, worker=worker)
	case = make_case(double.name, worker=worker)
	linked = {
		"Case": case.name,
		"Case Note": make("Case Note", case=case.name, text="Belde over een brief").name,
		"Client Consent": make_consent(double.name).name,
		"Help Request": make_help_request(client=double.name).name,
	}
	site.made += [("Client", kept.name), ("Client", double.name), *linked.items()]
	site.db.commit()
	yield kept, double, linked
	both = ("in", (kept.name, double.name))
	site.db.delete("Client Search Key", {"client": both})
	site.db.delete("Client Merge", {"merged": both})
	site.db.delete("Case", {"client": both})


def ask_to_merge(page, nl, kept, double, reason: str = "Zelfde geboortedatum en adres"):
	form = DeskForm(page, nl, "Client", kept.name)
	form.press(BUTTON)
	box = dialog(page)
	box.locator("[data-fieldname=double] input").fill(double.name)
	page.locator(".awesomplete li", has_text=double.name).first.click()
	box.locator("[data-fieldname=reason] input").fill(reason)
	box.locator(".btn-modal-primary").click()
	return dialog(page)


def test_the_coordinator_merges_a_double_and_every_link_follows(page_as, rows, doubles, nl, shoot):
	kept, double, linked = doubles
	page = page_as(COORDINATOR)
	question = ask_to_merge(page, nl, kept, double)
	for text in (double.name, double.full_name, kept.name, kept.full_name):
		expect(question).to_contain_text(text)
	shoot(page, "merge-question")
	assert rows("Client", {"name": double.name}, ["status"])[0].status == "Active"
	question.locator(".btn-modal-primary").click()
	expect(page.locator(".desk-alert")).to_contain_text(double.name)
	page.wait_for_function("number => cur_frm.doc.other_names.includes(number)", arg=double.full_name)
	shoot(page, "merged")

	for doctype in ("Case", "Client Consent", "Help Request"):
		assert rows(doctype, {"name": linked[doctype]}, ["client"])[0].client == kept.name, doctype
	assert rows("Case Note", {"name": linked["Case Note"]}, ["case"])[0].case == linked["Case"]
	now = rows("Client", {"name": kept.name}, ["phone", "safe_to_call", "other_names", "preferred_language"])[0]
	assert (now.safe_to_call, now.other_names, now.preferred_language) == (0, double.full_name, "ar")
	assert now.phone.replace(" ", "").endswith("612345670")
	shell = rows("Client", {"name": double.name}, ["status", "merged_into", "full_name", "phone"])[0]
	assert (shell.status, shell.merged_into, shell.full_name, shell.phone) == ("Merged", kept.name, double.name, None)


def test_what_was_merged_can_be_read_back_and_the_old_number_leads_on(page_as, rows, doubles, nl, shoot):
	kept, double, linked = doubles
	page = page_as(COORDINATOR)
	ask_to_merge(page, nl, kept, double, "Zelfde telefoon").locator(".btn-modal-primary").click()
	expect(page.locator(".desk-alert")).to_contain_text(double.name)
	log = rows("Client Merge", {"merged": double.name}, ["name", "reason", "kept"])[0]
	assert (log.reason, log.kept) == ("Zelfde telefoon", kept.name)
	form = DeskForm(page, nl, "Client Merge", log.name)
	shoot(page, "merge-log")
	moved = json.loads(form.page.evaluate("cur_frm.doc.moved"))
	assert {row["doctype"]: row["names"] for row in moved}["Case"] == [linked["Case"]]
	assert json.loads(page.evaluate("cur_frm.doc.record_before"))["full_name"] == double.full_name

	DeskForm(page, nl, "Client", double.name)
	expect(page.locator(".page-container:visible .form-message")).to_contain_text(kept.name)
	expect(page.get_by_role("button", name=nl(BUTTON))).to_have_count(0)
	shoot(page, "merged-shell")
	page.locator(".page-container:visible .form-message a").click()
	page.wait_for_function("name => cur_frm.doc.name === name", arg=kept.name)


def test_a_no_changes_nothing(page_as, rows, doubles, nl):
	kept, double, linked = doubles
	page = page_as(COORDINATOR)
	question = ask_to_merge(page, nl, kept, double)
	question.locator(".btn-modal-secondary").click()
	page.locator(".modal.show").wait_for(state="hidden")
	assert rows("Client", {"name": double.name}, ["status"])[0].status == "Active"
	assert rows("Case", {"name": linked["Case"]}, ["client"])[0].client == double.name
	assert not rows("Client Merge", {"merged": double.name})


def test_a_worker_has_no_button_and_is_refused(page_as, as_role, rows, doubles, nl):
	kept, double, linked = doubles
	page = page_as(WORKER)
	DeskForm(page, nl, "Client", kept.name)
	expect(page.locator(".page-container:visible .page-title")).to_contain_text(kept.full_name)
	expect(page.get_by_role("button", name=nl(BUTTON))).to_have_count(0)
	asked = {"keep": kept.name, "merge": double.name, "reason": "Zelfde mens"}
	for role in (WORKER, "LSM Front Office", "LSM Privacy Officer", "LSM Board"):
		answer = as_role(role).post("/api/method/lsm_crm.api.people.merge", json=asked)
		assert answer.status_code == 403, role
	assert rows("Client", {"name": double.name}, ["status"])[0].status == "Active"
	assert rows("Case", {"name": linked["Case"]}, ["client"])[0].client == double.name


def test_one_that_was_merged_is_not_merged_again(page_as, as_role, rows, doubles, nl):
	kept, double, _linked = doubles
	asked = {"keep": kept.name, "merge": double.name, "reason": "Zelfde mens"}
	coordinator = as_role(COORDINATOR)
	assert coordinator.post("/api/method/lsm_crm.api.people.merge", json=asked).status_code == 200
	again = coordinator.post("/api/method/lsm_crm.api.people.merge", json=asked)
	assert (
		again.status_code == 417
		and nl("{0} was merged into {1}. Use that number.", double.name, kept.name) in again.text
	)
	itself = coordinator.post("/api/method/lsm_crm.api.people.merge", json={**asked, "merge": kept.name})
	assert itself.status_code == 417 and "Kies twee verschillende" in itself.text
	page = page_as(COORDINATOR)
	DeskForm(page, nl, "Client", kept.name).press(BUTTON)
	box = dialog(page)
	box.locator("[data-fieldname=double] input").fill(double.name)
	page.locator(".awesomplete li").first.wait_for()
	expect(page.locator(".awesomplete li", has_text=double.name)).to_have_count(0)
