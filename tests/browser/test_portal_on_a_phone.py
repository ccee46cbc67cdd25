"""The volunteers' own pages in a browser at phone width: taking a shift, signing by drawing, axe on every page."""

from __future__ import annotations

import re
import secrets

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support import BENCH, Session

pytestmark = pytest.mark.browser
PAGES = ("", "/shifts", "/hours", "/messages", "/agreements", "/me", "/certificate")


def with_account(first_name: str, **values):
	"""An active volunteer who can log in."""
	from frappe.utils.password import update_password

	from lsm_crm.tests import factories

	doc = factories.make_volunteer(first_name=first_name, preferred_language="en", **values)
	doc.db_set("email_proven_on", "2026-01-01 10:00:00")
	doc.reload()
	doc = factories.take_on(doc)
	doc.password = secrets.token_urlsafe(16)
	update_password(doc.user, doc.password)
	return doc


@pytest.fixture(scope="module")
def person(frappe_site):
	"""An active volunteer with an account, a shift to take, an agreement to sign and a message."""
	from lsm_crm.services import agreements
	from lsm_crm.tests import factories

	doc = with_account("Selam")
	doc.shift = factories.make_shift(start="2033-02-01 18:00:00", title=f"Eatery {secrets.token_hex(3)}")
	agreement = factories.make("Volunteer Agreement", volunteer=doc.name, template="Volunteer agreement", role="Cook")
	agreements.send(agreement)
	doc.agreement = agreement.name
	factories.make("Volunteer Message", volunteer=doc.name, subject="Keys", body="The key is at Matilo")
	frappe_site.db.commit()
	return doc


@pytest.fixture
def phone_of(open_page):
	"""`phone_of(person)`: a phone on which that volunteer is logged in."""

	def opened(person):
		session = Session().log_in(person.user, person.password)
		page = open_page(width=390, height=844, has_touch=True)
		page.context.add_cookies(
			[{"name": c.name, "value": c.value or "", "url": BENCH.url} for c in session.cookies if c.value]
		)
		return page

	return opened


@pytest.fixture
def phone(phone_of, person):
	return phone_of(person)


@pytest.fixture(scope="module")
def colleague(frappe_site):
	"""A second cook, of whom the first may see no more than the first name."""
	doc = with_account("Yonas", last_name="Geheimnaam", phone="+31600000077")
	frappe_site.db.commit()
	return doc


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


def test_signs_an_agreement_by_upload(phone, person, rows, frappe_site, tmp_path):
	from lsm_crm.services import agreements
	from lsm_crm.tests import factories

	doc = factories.make(
		"Volunteer Agreement", volunteer=person.name, template="Confidentiality statement", role="Cook"
	)
	agreements.send(doc)
	frappe_site.db.commit()
	paper = tmp_path / "my signed paper.pdf"
	paper.write_bytes(b"%PDF-1.4 signed")
	phone.goto(f"/portal/agreements/{doc.name}")
	assert phone.locator("section[lang=nl]").count() == 1 and phone.locator("section[lang=en]").count() == 1
	phone.get_by_role("button", name="Sign", exact=True).click()
	phone.get_by_role("alert").get_by_text("draw your signature or upload").wait_for()
	phone.locator("#paper").set_input_files(paper)
	phone.get_by_role("button", name="Sign", exact=True).click()
	phone.get_by_role("status").get_by_text("the agreement is signed").wait_for()
	stored = rows("Volunteer Agreement", {"name": doc.name}, ["state", "signed_how", "signed_file"])[0]
	assert (stored.state, stored.signed_how) == ("Signed", "Uploaded")
	assert stored.signed_file.startswith("/private/files/") and "my signed" not in stored.signed_file


def test_the_grid_of_when_one_can_come(phone, person, rows):
	def parts():
		found = rows("Volunteer Availability", {"parent": person.name}, ["weekday", "day_part"])
		return {(row.weekday, row.day_part) for row in found}

	phone.goto("/portal/me")
	grid = phone.get_by_role("group", name="When can you help?")
	assert grid.get_by_role("checkbox").count() == 21
	for day, part in (("Tuesday", "Evening"), ("Saturday", "Morning")):
		grid.get_by_role("group", name=day).get_by_label(part).check()
	phone.get_by_role("button", name="Save", exact=True).click()
	phone.get_by_role("status").get_by_text("Your data were saved").wait_for()
	assert parts() == {("Tuesday", "Evening"), ("Saturday", "Morning")}
	assert phone.get_by_role("checkbox", name="Evening", checked=True).count() == 1
	phone.get_by_role("group", name="Tuesday").get_by_label("Evening").uncheck()
	phone.get_by_role("button", name="Save", exact=True).click()
	phone.get_by_role("status").get_by_text("Your data were saved").wait_for()
	assert parts() == {("Saturday", "Morning")}


def test_swaps_with_a_colleague_of_whom_one_sees_the_first_name_only(phone_of, person, colleague, rows, frappe_site):
	from lsm_crm.services import shift_places
	from lsm_crm.tests import factories

	mark = secrets.token_hex(3)
	theirs = factories.make_shift(start="2033-03-01 18:00:00", title=f"Lunch {mark}")
	mine = factories.make_shift(start="2033-03-03 18:00:00", title=f"Diner {mark}")
	shared = factories.make_shift(start="2033-03-05 18:00:00", title=f"Feest {mark}")
	for shift, one in ((theirs, colleague), (mine, person), (shared, person), (shared, colleague)):
		shift_places.take(shift.name, one.name)
	frappe_site.db.commit()
	phone, other = phone_of(person), phone_of(colleague)
	phone.goto("/portal")
	card = phone.locator(".card", has_text=f"Feest {mark}")
	assert "Yonas (Cook)" in " ".join(card.inner_text().split())
	for secret in ("Geheimnaam", colleague.name, colleague.email, "600000077"):
		assert secret not in phone.content()
	other.goto("/portal")
	other.get_by_role("button", name=re.compile(f"Offer to the others.*Lunch {mark}")).click()
	other.get_by_role("status").wait_for()
	phone.goto("/portal/shifts")
	card = phone.locator(".card", has_text=f"Lunch {mark}").filter(has=phone.get_by_role("button", name="Take over"))
	assert "Yonas" not in card.inner_text()
	own = next(text for text in card.locator("option").all_inner_texts() if f"Diner {mark}" in text)
	card.get_by_label(re.compile("Give one of yours in return")).select_option(label=own)
	check_page(phone, "take over")
	card.get_by_role("button", name=re.compile("Take over")).click()
	phone.get_by_role("status").get_by_text("You have a place in this shift").wait_for()
	for shift, holder in ((theirs, person), (mine, colleague)):
		held = rows("Shift Place", {"shift": shift.name, "state": "Taken"}, ["volunteer"])
		assert [row.volunteer for row in held] == [holder.name]


def test_waits_on_the_reserve_list_and_moves_up(phone_of, person, colleague, rows, frappe_site):
	from lsm_crm.services import shift_places
	from lsm_crm.tests import factories

	shift = factories.make_shift(start="2033-04-01 18:00:00", places=1, title=f"Full {secrets.token_hex(3)}")
	shift_places.take(shift.name, colleague.name)
	frappe_site.db.commit()
	phone, other = phone_of(person), phone_of(colleague)
	phone.goto("/portal/shifts")
	phone.get_by_role("button", name=re.compile(f"Put me on the reserve list.*{shift.title}")).click()
	phone.get_by_role("status").get_by_text("You are on the reserve list").wait_for()
	card = phone.locator(".card", has_text=shift.title)
	# Who only waits does not see who stands there.
	assert "Yonas" not in card.inner_text()
	check_page(phone, "reserve list")
	other.goto("/portal")
	other.get_by_role("button", name=re.compile(f"Give back.*{shift.title}")).click()
	other.get_by_role("status").get_by_text("You gave the place back").wait_for()
	held = rows("Shift Place", {"shift": shift.name, "state": "Taken"}, ["volunteer", "made_by"])
	assert [(row.volunteer, row.made_by) for row in held] == [(person.name, "Reserve List")]
	phone.goto("/portal")
	card = phone.locator(".card", has_text=shift.title)
	assert card.get_by_role("button", name=re.compile("Give back")).count() == 1


def test_chooses_another_language_and_comes_back(phone, person, rows):
	phone.goto("/portal")
	phone.get_by_role("link", name=re.compile("Choose your language")).click()
	phone.locator("#preferred_language").select_option("ar")
	phone.locator("form", has=phone.locator("#preferred_language")).locator(".main-button").click()
	phone.locator("html[lang=ar][dir=rtl]").wait_for()
	assert rows("Volunteer", {"name": person.name}, ["preferred_language"])[0].preferred_language == "ar"
	phone.locator("#preferred_language").select_option("en")
	phone.locator("form", has=phone.locator("#preferred_language")).locator(".main-button").click()
	phone.locator("html[lang=en]").wait_for()


def test_logs_out_and_leaves_nothing_on_the_phone(phone, person):
	phone.goto("/portal")
	phone.wait_for_function("async () => (await caches.keys()).length > 0 || !navigator.serviceWorker")
	phone.get_by_role("button", name="Log out").click()
	phone.wait_for_url("**/en/")
	assert phone.evaluate("caches.keys()") == []
	phone.goto("/portal")
	assert "/login" in phone.url


def test_leaves(phone_of, rows, frappe_site):
	leaver = with_account("Miriam")
	frappe_site.db.commit()
	phone = phone_of(leaver)
	phone.goto("/portal/me")
	phone.get_by_text("I want to stop as a volunteer").click()
	phone.get_by_label(re.compile("Would you tell us why")).fill("Moving away")
	phone.get_by_role("button", name="Stop as a volunteer").click()
	phone.get_by_role("alert").get_by_text("tick the box").wait_for()
	assert phone.get_by_label(re.compile("Would you tell us why")).input_value() == "Moving away"
	phone.get_by_label("Yes, I am sure").check()
	phone.get_by_role("button", name="Stop as a volunteer").click()
	phone.wait_for_url(lambda url: "/portal" not in url)
	stored = rows("Volunteer", {"name": leaver.name}, ["workflow_state", "leaving_reason"])[0]
	assert (stored.workflow_state, stored.leaving_reason) == ("Left", "Moving away")
	phone.goto("/portal")
	assert "/login" in phone.url
