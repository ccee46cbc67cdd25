"""A proofreader's afternoon in the browser: a text corrected beside its original, approved in the desk, written to the .po."""

from __future__ import annotations

import shutil

import pytest

from lsm_crm.services import catalogs, messages
from tests.browser.access.accessible import look_closely
from tests.browser.desk import DeskForm
from tests.browser.test_portal_on_a_phone import with_account
from tests.http.test_proofreading import write_back
from tests.support import BENCH, Session

pytestmark = pytest.mark.browser
LANGUAGE = "ar"
BETTER = " (أفضل)"


@pytest.fixture(autouse=True)
def no_other_corrections(frappe_site):
	def clear():
		frappe_site.db.rollback()
		frappe_site.db.delete("Text Correction", {"language": LANGUAGE})
		frappe_site.db.commit()

	clear()
	yield
	clear()


@pytest.fixture
def page_of(open_page, frappe_site):
	"""`page_of("Proofreader", "ar")`: a page on which an active volunteer with that role is logged in."""

	def opened(role: str, language: str, **options):
		person = with_account("Leila", roles=(role,))
		person.db_set("preferred_language", language)
		frappe_site.db.set_value("User", person.user, "language", language)
		frappe_site.db.commit()
		session = Session().log_in(person.user, person.password)
		page = open_page(**options)
		cookies = [{"name": c.name, "value": c.value or "", "url": BENCH.url} for c in session.cookies if c.value]
		page.context.add_cookies([*cookies, {"name": "preferred_language", "value": language, "url": BENCH.url}])
		return page

	return opened


@pytest.mark.parametrize(("reader", "width"), [("nl", 1280), ("ar", 390)])
def test_from_the_portal_to_the_file(page_of, page_as, nl, rows, shoot, tmp_path, reader, width):
	page = page_of("Proofreader", reader, width=width)
	page.goto("/portal")
	page.locator("main a[href='/proofread']").click()
	page.goto(f"/proofread/{LANGUAGE}")
	shoot(page, f"proofread-{reader}")
	look_closely(page)
	text = page.locator("fieldset").first
	english, before = text.locator("p[lang=en]").inner_text(), text.locator("textarea").input_value()
	assert text.locator("p[lang=nl]").inner_text() == nl(english)
	assert text.locator("textarea").get_attribute("dir") == "rtl"
	text.locator("textarea").fill(before + BETTER)
	with page.expect_navigation():
		page.locator("main .main-button").click()
	assert "1" in page.locator("[role=status]").inner_text()
	assert english not in page.locator("fieldset p[lang=en]").all_inner_texts()  # nobody does it twice
	shoot(page, f"proofread-sent-{reader}")

	(correction,) = rows("Text Correction", {"language": LANGUAGE}, ["name", "proposal", "status"])
	assert (correction.proposal, correction.status) == (before + BETTER, "Proposed")
	desk = page_as("LSM Coordinator")
	form = DeskForm(desk, nl, "Text Correction", correction.name).fill(status="Approved").save()
	shoot(form.page, "proofread-approved")

	shutil.copytree(messages.APP / "locale", tmp_path / "locale")
	assert f"{LANGUAGE}: 1" in write_back(tmp_path)
	written = next(message for message in catalogs.read(LANGUAGE, tmp_path) if message.id == english)
	assert written.string == before + BETTER and catalogs.UNREVIEWED not in written.user_comments


def test_a_volunteer_with_another_role_has_no_such_page(page_of, rows):
	page = page_of("Cook", "nl", width=390)
	page.goto("/portal")
	assert page.locator("a[href='/proofread']").count() == 0
	assert page.goto(f"/proofread/{LANGUAGE}").status == 403
	assert page.locator("textarea").count() == 0 and not rows("Text Correction", {"language": LANGUAGE})


@pytest.mark.parametrize("role", ["LSM Kitchen", "LSM Case Worker", "LSM Board", "LSM Deliverer"])
def test_staff_of_other_roles_have_no_such_page_either(page_as, role):
	page = page_as(role)
	assert page.goto(f"/proofread/{LANGUAGE}").status == 403
	assert page.locator("textarea").count() == 0
