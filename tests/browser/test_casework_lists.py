"""What is late, the calendar of appointments, and a referral from finding a partner to its mail, in the desk."""

from __future__ import annotations

import re
import secrets

import pytest
from frappe.utils import add_days, getdate, now_datetime, nowdate
from playwright.sync_api import expect

from tests.browser.desk import DeskForm
from tests.browser.test_case_journey import in_language, new_name  # noqa: F401
from tests.browser.test_casework_desk import dialog, menu_item, new_form
from tests.http import mail_server

pytestmark = pytest.mark.browser
WORKER, COORDINATOR = "LSM Case Worker", "LSM Coordinator"


@pytest.fixture
def case(site, account_of):
	"""A case of the sample case worker."""
	from lsm_crm.tests.factories import make_case, make_client

	client = make_client(first_name=new_name(), last_name=new_name())
	doc = make_case(client.name, case_type="Debt and collection", worker=account_of(WORKER)["user"])
	site.made.append(("Case", doc.name))
	site.db.commit()
	return doc


def no_wider_than_the_screen(page) -> bool:
	return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def late(site, account_of, case):
	"""That case four days late, one of somebody else nine days late."""
	from lsm_crm.tests.factories import make, make_case, make_user

	other = make_case(worker=make_user(WORKER, email=f"{secrets.token_hex(5)}@example.org", first_name=new_name()).name)
	for doc, days in ((case, 4), (other, 9)):
		deadline = make(
			"Case Deadline", case=doc.name, title="Bezwaar", due_on=add_days(nowdate(), days), kind="Agreed"
		)
		site.made += [("Case", doc.name), ("Case Deadline", deadline.name)]
		site.db.set_value("Case Deadline", deadline.name, "due_on", add_days(nowdate(), -days))
		site.db.set_value("Case", doc.name, "next_deadline", add_days(nowdate(), -days))
	site.db.commit()
	return case, other


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_late_with_who_and_how_many_days(page_as, late, nl, shoot, rows, width):
	mine, other = late
	page = page_as(COORDINATOR, width=width)
	page.goto("/app/query-report/Cases Late")
	table = page.locator(".dt-scrollable")
	expect(table).to_contain_text(mine.name)
	shoot(page, "late-coordinator")
	text = page.locator(".report-wrapper").inner_text()
	assert "New" not in text and "Normal\n" not in text
	person = rows("User", {"name": mine.worker}, ["full_name"])[0].full_name
	assert other.name in text and person in text and mine.worker not in text
	assert text.index(other.name) < text.index(mine.name), "the longest late comes first"
	page = page_as(WORKER, width=width)
	page.goto("/app/query-report/Cases Late")
	expect(page.locator(".dt-scrollable")).to_contain_text(mine.name)
	shoot(page, "late-worker")
	assert other.name not in page.locator("body").inner_text()


def test_the_list_of_cases_tells_the_state_once_and_who_works_on_it(page_as, case, nl, rows, shoot):
	page = page_as(COORDINATOR)
	page.goto("/app/case/view/list")
	page.locator(f"[data-name='{case.name}']").first.wait_for()
	shoot(page, "cases")
	heading = page.locator(".list-row-head").inner_text().split("\n")
	assert heading.count(nl("State")) == 1 and nl("Worker") in heading
	person = rows("User", {"name": case.worker}, ["full_name"])[0].full_name
	assert person in page.locator(".result").inner_text() and case.worker not in page.locator(".result").inner_text()


def test_a_case_worker_reads_names_of_own_clients_in_the_list(page_as, case, rows, shoot):
	"""The list's own question leaves them out for who may read only some clients."""
	page = page_as(WORKER)
	page.goto("/app/case/view/list")
	row = page.locator(".list-row-container", has=page.locator(f"[data-name='{case.name}']")).first
	expect(row).to_contain_text(rows("Client", {"name": case.client}, ["full_name"])[0].full_name)
	shoot(page, "cases-worker")


@pytest.fixture
def appointment(site, account_of, case):
	from lsm_crm.tests.factories import make

	start = now_datetime().replace(hour=10, minute=0, second=0, microsecond=0)
	doc = make(
		"Client Appointment",
		case=case.name,
		client=case.client,
		subject=f"Gesprek {new_name()}",
		starts_on=start,
		ends_on=start.replace(hour=11),
		worker=account_of(WORKER)["user"],
	)
	site.made.append(("Client Appointment", doc.name))
	site.db.commit()
	return doc


@pytest.mark.parametrize("width", [1280, 390])
def test_an_appointment_stands_in_the_calendar_and_opens(page_as, appointment, shoot, width):
	page = page_as(WORKER, width=width)
	page.goto("/app/client-appointment/view/calendar")
	event = page.locator(".fc-event", has_text=appointment.subject)
	event.first.wait_for()
	shoot(page, "calendar")
	page.locator(".fc-agendaDay-button").click()
	event.first.wait_for()
	shoot(page, "calendar-day")
	assert no_wider_than_the_screen(page)
	event.first.click()
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=appointment.name)


def test_an_appointment_is_moved_by_the_mouse(page_as, appointment, rows, shoot):
	page = page_as(WORKER)
	page.goto("/app/client-appointment/view/calendar")
	page.locator(".fc-agendaDay-button").click()
	event = page.locator(".fc-time-grid .fc-event", has_text=appointment.subject)
	event.wait_for()
	event.scroll_into_view_if_needed()
	box = event.bounding_box()
	hours = [page.locator(f".fc-slats tr[data-time='{hour}:00:00']").bounding_box()["y"] for hour in ("10", "11")]
	page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 12)
	page.mouse.down()
	page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 12 + hours[1] - hours[0], steps=12)
	with page.expect_response(lambda answer: "calendars.move" in answer.url) as moved:
		page.mouse.up()
	assert moved.value.ok
	stored = rows("Client Appointment", {"name": appointment.name}, ["starts_on", "ends_on"])[0]
	assert (stored.starts_on.hour, stored.ends_on.hour) == (11, 12)
	assert stored.starts_on.date() == getdate(appointment.starts_on)


def test_a_colleague_does_not_see_it(page_as, as_role, appointment):
	asked = {"doctype": "Client Appointment", "start": add_days(nowdate(), -40), "end": add_days(nowdate(), 40)}
	for role in ("LSM Kitchen", "LSM Board", "LSM Activity Lead"):
		answer = as_role(role).get("/api/method/lsm_crm.api.calendars.get_events", params=asked)
		assert answer.status_code == 403 or appointment.subject not in answer.text, role


@pytest.fixture
def mailbox(frappe_site):
	with mail_server.listening(frappe_site) as box:
		yield box


@pytest.fixture
def helpful(site, case):
	"""A partner for a topic of its own that takes referrals by mail, and a consent of the client."""
	from lsm_crm.tests.factories import make_consent, make_partner

	partner = make_partner(f"Helpende hand {secrets.token_hex(3)}", accepts_referrals=1)
	partner.append("topics", {"topic": "Debt help"})
	partner.email = f"{secrets.token_hex(4)}@example.org"
	partner.save(ignore_permissions=True)
	consent = make_consent(case.client)
	site.made += [("Partner Organisation", partner.name), ("Client Consent", consent.name)]
	site.db.commit()
	return partner, consent


def test_a_partner_is_found_from_a_case_and_gets_a_mail(page_as, rows, case, helpful, nl, shoot, mailbox):
	partner, consent = helpful
	page = page_as(WORKER)
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Referral"))
	new_form(page, "Referral")
	page.evaluate("v => cur_frm.set_value(v)", {"topic": "Debt help", "consent": consent.name})
	page.get_by_role("button", name=nl("Find a partner"), exact=True).click()
	box = dialog(page)
	row = box.locator(".border-bottom", has_text=partner.name)
	expect(row).to_contain_text(nl("Debt help"))
	shoot(page, "find-partner")
	row.get_by_role("button", name=nl("Choose")).click()
	page.wait_for_function("name => cur_frm.doc.partner === name", arg=partner.name)
	expect(page.locator("[data-fieldname=partner] .help-box:visible")).to_contain_text("0")
	page.keyboard.press("Control+s")
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
	name = page.evaluate("cur_frm.doc.name")
	stored = rows("Referral", {"name": name}, ["partner", "client", "case", "workflow_state", "sent_on"])[0]
	assert (stored.partner, stored.client, stored.case) == (partner.name, case.client, case.name)
	assert (stored.workflow_state, stored.sent_on) == ("Offered", None)

	page.get_by_role("button", name=nl("Mail the link to the partner"), exact=True).click()
	expect(dialog(page)).to_contain_text(partner.name)
	shoot(page, "referral-mail")
	assert queued(rows, partner.email) == 0
	dialog(page).locator(".btn-modal-primary").click()
	expect(page.locator(".modal.show .msgprint")).to_contain_text(nl("The mail is on its way."))
	shoot(page, "referral-mailed")
	assert queued(rows, partner.email) == 1
	mailbox.send_queue(partner.email)
	(mail,) = mailbox.mails_to(partner.email)
	assert re.search(r"/partner/referral/[\w-]+", mail["text/plain"]) and case.client not in str(mail)
	stored = rows("Referral", {"name": name}, ["sent_on", "link_hash"])[0]
	assert stored.sent_on and stored.link_hash


def queued(rows, address: str) -> int:
	return len(rows("Email Queue Recipient", {"recipient": address}))


def test_without_a_consent_nothing_is_referred(page_as, rows, case, helpful, nl):
	partner, _consent = helpful
	page = page_as(WORKER)
	DeskForm(page, nl, "Case", case.name)
	menu_item(page, nl("Add"), nl("Referral"))
	new_form(page, "Referral")
	page.evaluate("v => cur_frm.set_value(v)", {"topic": "Debt help", "partner": partner.name})
	page.keyboard.press("Control+s")
	expect(page.locator(".modal.show .msgprint")).to_be_visible()
	assert not rows("Referral", {"partner": partner.name})


def test_the_board_finds_no_button_and_no_referral(as_role, rows):
	name = rows("Referral", {"workflow_state": "Offered"})[0].name
	for role in ("LSM Board", "LSM Kitchen", "LSM Privacy Officer"):
		answer = as_role(role).post("/api/method/lsm_crm.api.cases.send_referral", json={"referral": name})
		assert answer.status_code == 403, role


@pytest.mark.parametrize("path", ["query-report/Cases Late", "client-appointment/view/calendar"])
def test_in_arabic_from_right_to_left(page_as, in_language, late, appointment, shoot, path):  # noqa: F811
	in_language("ar")
	page = page_as(COORDINATOR)
	page.goto(f"/app/{path}")
	page.locator(".dt-scrollable .dt-row, .fc-event").first.wait_for()
	assert page.evaluate("document.documentElement.dir") == "rtl"
	shoot(page, f"ar-{path.split('/')[0]}")
	assert no_wider_than_the_screen(page)


def test_a_year_of_birth_that_nobody_gave_is_empty(page_as, case, nl, site):
	page = page_as(COORDINATOR)
	DeskForm(page, nl, "Client", case.client)
	field = page.locator("[data-fieldname=birth_year] input").first
	expect(field).to_have_value("")
	site.db.set_value("Client", case.client, "birth_year", 1980)
	site.db.commit()
	DeskForm(page, nl, "Client", case.client)
	expect(field).to_have_value("1980")


@pytest.fixture
def no_kept_filters(site, account_of):
	"""The desk keeps a list's filters for the next time: not for the next test."""
	yield
	site.cache.hdel("_user_settings", f"Case::{account_of(WORKER)['user']}")
	site.db.delete("__UserSettings", {"doctype": "Case", "user": account_of(WORKER)["user"]})
	site.db.commit()


def test_a_phone_shows_cases_before_filters(page_as, case, nl, no_kept_filters):
	page = page_as(WORKER, width=390, height=844)
	page.goto("/app/case")
	button, field = page.locator(".lsm-filters"), page.locator(".page-form input[data-fieldname=client]")
	expect(page.locator(".list-row").first).to_be_in_viewport()
	expect(field).to_be_hidden()
	button.click()
	expect(field).to_be_visible()
	expect(button).to_have_attribute("aria-expanded", "true")
	page.goto(f"/app/case?client={case.client}")
	expect(button).to_have_text(f"{nl('Filters')} (1)")
	expect(field).to_be_hidden()


def test_a_wide_screen_shows_whole_numbers(page_as, case, no_kept_filters):
	page = page_as(WORKER, width=1280)
	page.goto(f"/app/case?client={case.client}")
	number = page.locator(f".list-row-col a[data-filter='name,=,{case.name}']")
	expect(number).to_be_visible()
	assert number.evaluate(
		"link => link.scrollWidth <= link.clientWidth || link.scrollWidth <= link.parentElement.clientWidth"
	)
	expect(page.locator(".lsm-filters")).to_be_hidden()
