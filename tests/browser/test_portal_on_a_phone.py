"""The volunteers' own pages in a browser at phone width: taking a shift, signing by drawing, axe on every page."""

from __future__ import annotations

import re
import secrets

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support import BENCH, Session

pytestmark = pytest.mark.browser
PAGES = ("", "/shifts", "/hours", "/messages", "/agreements", "/me", "/certificate")


@pytest.fixture(scope="module")
def person(frappe_site):
	"""An active volunteer with an account, a shift to take, an agreement to sign and a message."""
	from frappe.utils.password import update_password

	from lsm_crm.services import agreements
	from lsm_crm.tests import factories

	doc = factories.make_volunteer(first_name="Selam", preferred_language="en")
	doc.db_set("email_proven_on", "2026-01-01 10:00:00")
	doc.reload()
	doc = factories.take_on(doc)
	doc.password = secrets.token_urlsafe(16)
	update_password(doc.user, doc.password)
	doc.shift = factories.make_shift(start="2033-02-01 18:00:00", title=f"Eatery {secrets.token_hex(3)}")
	agreement = factories.make("Volunteer Agreement", volunteer=doc.name, template="Volunteer agreement", role="Cook")
	agreements.send(agreement)
	doc.agreement = agreement.name
	factories.make("Volunteer Message", volunteer=doc.name, subject="Keys", body="The key is at Matilo")
	frappe_site.db.commit()
	return doc


@pytest.fixture
def phone(open_page, person):
	"""A phone on which the volunteer is logged in."""
	session = Session().log_in(person.user, person.password)
	page = open_page(width=390, height=844, has_touch=True)
	page.context.add_cookies(
		[{"name": c.name, "value": c.value or "", "url": BENCH.url} for c in session.cookies if c.value]
	)
	return page


def check_page(page, where: str) -> None:
	"""No violation that axe finds, and nothing that makes a phone scroll sideways."""
	found = Axe().run(page).response["violations"]
	assert not found, (where, [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found])
	assert page.evaluate("document.documentElement.scrollWidth") <= 390, where


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ti", "ltr")])
def test_every_page_is_accessible_on_a_phone(phone, person, frappe_site, language, direction):
	frappe_site.db.set_value("Volunteer", person.name, "preferred_language", language)
	frappe_site.db.commit()
	for address in (*PAGES, f"/agreements/{person.agreement}"):
		phone.goto(f"/portal{address}")
		assert phone.locator("html").get_attribute("lang") == language
		assert phone.locator("html").get_attribute("dir") == direction
		check_page(phone, f"{language} {address}")
	frappe_site.db.set_value("Volunteer", person.name, "preferred_language", "en")
	frappe_site.db.commit()


def test_takes_a_shift_and_gives_it_back(phone, person, rows):
	phone.goto("/portal")
	phone.get_by_role("link", name="Take a shift").first.click()
	phone.get_by_role("button", name=re.compile(f"Take this shift.*{person.shift.title}")).click()
	phone.get_by_role("status").get_by_text("You have a place in this shift").wait_for()
	held = {"shift": person.shift.name, "volunteer": person.name, "state": "Taken"}
	assert len(rows("Shift Place", held)) == 1
	phone.get_by_role("button", name=re.compile(f"Give back.*{person.shift.title}")).click()
	phone.get_by_role("status").get_by_text("You gave the place back").wait_for()
	assert not rows("Shift Place", held)


def test_a_refused_form_keeps_what_was_typed(phone):
	phone.goto("/portal/hours")
	phone.get_by_label("Hours", exact=True).fill("lots")
	phone.get_by_label(re.compile("What did you do")).fill("Cooked soup")
	phone.get_by_role("button", name="Send hours").click()
	phone.get_by_role("alert").get_by_text("Please write a number").wait_for()
	assert phone.get_by_label(re.compile("What did you do")).input_value() == "Cooked soup"
	assert phone.get_by_label("Hours", exact=True).input_value() == "lots"
	check_page(phone, "refused hours")


def test_signs_an_agreement_by_drawing(phone, person, rows):
	phone.goto("/portal/agreements")
	phone.get_by_role("link", name="Volunteer agreement").click()
	phone.locator("#drawing").scroll_into_view_if_needed()
	box = phone.locator("#drawing").bounding_box()
	phone.mouse.move(box["x"] + 20, box["y"] + 40)
	phone.mouse.down()
	phone.mouse.move(box["x"] + 150, box["y"] + 80, steps=8)
	phone.mouse.up()
	phone.get_by_role("button", name="Sign", exact=True).click()
	phone.get_by_role("status").get_by_text("the agreement is signed").wait_for()
	stored = rows("Volunteer Agreement", {"name": person.agreement}, ["state", "signed_how", "signature"])[0]
	assert (stored.state, stored.signed_how) == ("Signed", "Drawn")
	assert stored.signature.startswith("data:image/png;base64,")
