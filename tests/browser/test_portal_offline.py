"""The volunteers' pages as an app on a phone: its manifest, and the next shifts without a connection, for their owner alone."""

from __future__ import annotations

import secrets

import pytest

from tests.browser.access.accessible import axe_finds_nothing
from tests.support import BENCH, Session

pytestmark = pytest.mark.browser
NOTE = "You see your shifts as they were last time."
WORKER_READY = """async () => {
	await navigator.serviceWorker.ready;
	return Boolean(navigator.serviceWorker.controller);
}"""


@pytest.fixture(scope="module")
def owner(frappe_site):
	"""An active volunteer with an account and a place in a shift."""
	from frappe.utils.password import update_password

	from lsm_crm.services import shift_places
	from lsm_crm.tests import factories

	doc = factories.make_volunteer(first_name="Hiwot", preferred_language="en")
	doc.db_set("email_proven_on", "2026-01-01 10:00:00")
	doc.reload()
	doc = factories.take_on(doc)
	doc.password = secrets.token_urlsafe(16)
	update_password(doc.user, doc.password)
	doc.shift = factories.make_shift(start="2033-03-01 18:00:00", title=f"Soup {secrets.token_hex(3)}")
	shift_places.take(doc.shift.name, doc.name)
	frappe_site.db.commit()
	return doc


@pytest.fixture
def phone(open_page, owner):
	"""The owner's phone, logged in, with the page of shifts seen once through the worker."""
	session = Session().log_in(owner.user, owner.password)
	page = open_page(width=390, height=844, has_touch=True)
	page.context.add_cookies(
		[{"name": c.name, "value": c.value or "", "url": BENCH.url} for c in session.cookies if c.value]
	)
	page.goto("/portal")
	page.wait_for_function(WORKER_READY)
	page.reload()
	page.get_by_text(owner.shift.title).first.wait_for()
	return page


def test_the_manifest_is_that_of_an_app(phone):
	address = phone.locator("link[rel=manifest]").get_attribute("href")
	manifest = phone.request.get(address).json()
	assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/portal", "/portal", "standalone")
	assert manifest["lang"] in ("nl", "en") and manifest["short_name"] == "LSM"
	assert phone.request.get(manifest["icons"][0]["src"]).ok


def test_the_next_shifts_are_there_without_a_connection(phone, owner):
	phone.context.set_offline(True)
	phone.goto("/portal/hours")  # any of the pages: what was kept are the shifts
	assert phone.get_by_text(owner.shift.title).first.is_visible()
	assert phone.get_by_text(NOTE).is_visible()
	# With its style and readable: the look is kept too.
	assert phone.locator("h1").evaluate("e => getComputedStyle(e).fontFamily") != '"Times New Roman"'
	axe_finds_nothing(phone)
	phone.context.set_offline(False)
	phone.goto("/portal/hours")
	assert not phone.get_by_text(NOTE).is_visible()


def test_after_logging_out_nothing_is_left_on_the_phone(phone, owner):
	with phone.expect_navigation():
		phone.get_by_role("button", name="Log out").click()
	phone.wait_for_load_state("networkidle")
	assert phone.evaluate("caches.keys()") == []
	phone.context.set_offline(True)
	with pytest.raises(Exception, match="ERR_"):
		phone.goto("/portal")
	phone.wait_for_url("chrome-error://**")
	phone.wait_for_load_state("load")
	assert owner.shift.title not in phone.content()
