"""Every button of catering and activities in the desk, pressed by the role whose it is, with what is stored afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR, DELIVERER, KITCHEN, LANGUAGE_HELPER, TREASURER
from tests.browser.desk import DeskForm


@pytest.fixture
def user(account_of):
	return lambda role: account_of(role)["user"]


@pytest.fixture
def keep(site):
	"""Keep what was made visible to the web processes; it is taken away afterwards."""

	def kept(*docs):
		site.made += [(doc.doctype, doc.name) for doc in docs]
		site.db.commit()
		return docs[0] if len(docs) == 1 else docs

	return kept


def order_of(**values):
	from lsm_crm.tests.activity_factories import make_order

	return make_order(**values)


def test_an_order_is_cancelled_with_a_reason(keep, page_as, nl, rows):
	order = keep(order_of())
	form = DeskForm(page_as(COORDINATOR), nl, "Catering Order", order.name)
	form.press("Customer's Link")
	assert "/link/order/" in form.told()
	form.act("Cancel").answer("De zaal is dicht", state="Cancelled")
	stored = rows("Catering Order", {"name": order.name}, ["workflow_state", "cancel_reason"])[0]
	assert (stored.workflow_state, stored.cancel_reason) == ("Cancelled", "De zaal is dicht")


def test_an_order_comes_back_is_brought_and_billed(site, keep, page_as, nl, rows, user):
	order = order_of(settlement="Invoice", deliverer=user(DELIVERER))
	order.db_set("workflow_state", "On the Way")
	keep(order)
	van = DeskForm(page_as(DELIVERER, width=390, height=844), nl, "Catering Order", order.name)
	van.act("Bring Back").answer("Niemand thuis", state="Ready")
	van.act("Set Off", "On the Way").act("Deliver").answer("Sanne", state="Delivered")
	money = DeskForm(page_as(TREASURER), nl, "Catering Order", order.name)
	money.press("Make Invoice")
	money.page.wait_for_function("() => cur_frm.doc.invoice")
	invoice = rows("Catering Order", {"name": order.name}, ["invoice"])[0].invoice
	site.made.append(("Catering Invoice", invoice))
	money.act("Settle")
	money.refused(nl("The invoice has not been paid yet."))
	from frappe.utils import getdate

	site.db.set_value("Catering Invoice", invoice, "paid_on", getdate())
	site.db.commit()
	money.act("Settle", "Settled")


def test_the_kitchen_hands_over_at_the_venue(keep, page_as, nl, rows):
	order = order_of(handover="Pick Up", venue="Vogelvlucht")
	order.db_set("workflow_state", "Ready")
	keep(order)
	form = DeskForm(page_as(KITCHEN), nl, "Catering Order", order.name)
	form.act("Hand Over").answer("Mw. Voorbeeld", state="Delivered")
	assert rows("Catering Order", {"name": order.name}, ["received_by"])[0].received_by == "Mw. Voorbeeld"


def test_the_coordinator_plans_the_rounds_of_a_day(site, keep, page_as, nl, rows, user):
	from frappe.utils import add_days, getdate

	from lsm_crm.tests.factories import make

	day = add_days(getdate(), 410)
	placed, lost = order_of(delivery_date=day), order_of(delivery_date=day, postcode="9999 ZZ")
	for order in (placed, lost):
		order.db_set("workflow_state", "Confirmed")
	found = make("Delivery Round", round_date=day, deliverer=user(DELIVERER), start_time="15:30:00")
	keep(placed, lost, found)
	form = DeskForm(page_as(COORDINATOR), nl, "Delivery Round", found.name)
	form.press("Plan All Rounds of the Day")
	text = form.told()
	assert placed.name in text and lost.name in text
	assert [row.catering_order for row in rows("Delivery Stop", {"parent": found.name}, ["catering_order"])] == [
		placed.name
	]


def test_a_lead_takes_an_event_from_draft_to_done_and_cancels_another(keep, page_as, nl, rows, user):
	from frappe.utils import add_to_date, now_datetime

	from lsm_crm.tests.activity_factories import make_event

	lead = user(ACTIVITY_LEAD)
	# the desk's clock knows no seconds
	starts = add_to_date(now_datetime().replace(minute=0, second=0, microsecond=0), days=7)
	values = {"lead": lead, "starts_on": starts}
	event, other = keep(make_event(**values), make_event(**values, title="Another"))
	page = page_as(ACTIVITY_LEAD)
	form = DeskForm(page, nl, "LSM Event", event.name)
	form.act("Publish", "Published").act("Take Back", "Draft").act("Publish", "Published").act("Open Doors", "Running")
	with page.expect_popup() as door:
		form.press("At the Door")
	door.value.wait_for_url(f"**/door/event/{event.name}")
	form.act("Complete").answer("12", state="Completed")
	assert rows("LSM Event", {"name": event.name}, ["head_count"])[0].head_count == 12
	form = DeskForm(page, nl, "LSM Event", other.name)
	form.act("Publish", "Published").act("Cancel").answer("Storm", state="Cancelled")
	assert rows("LSM Event", {"name": other.name}, ["cancel_reason"])[0].cancel_reason == "Storm"


def test_a_lead_opens_and_cancels_a_senior_activity(keep, page_as, nl, rows, user):
	from frappe.utils import add_days, getdate

	from lsm_crm.tests.factories import make

	values = {"title": "Wandelclub", "area": "Merenwijk", "lead": user(ACTIVITY_LEAD), "venue": "Vogelvlucht"}
	activity = keep(make("Senior Activity", **values, starts_on=getdate(), ends_on=add_days(getdate(), 30)))
	form = DeskForm(page_as(ACTIVITY_LEAD), nl, "Senior Activity", activity.name)
	form.act("Publish", "Published").act("Open Doors", "Running").act("Complete")
	form.refused(nl("No session has been held yet."))
	form.act("Cancel").answer("De begeleider is ziek", state="Cancelled")
	assert rows("Senior Activity", {"name": activity.name}, ["told_on"])[0].told_on


def test_a_lead_makes_the_dates_of_a_series(site, keep, page_as, nl, rows, user):
	from frappe.utils import getdate

	from lsm_crm.tests.factories import make

	series = make(
		"Activity Series",
		title="Koffie",
		makes="LSM Event",
		lead=user(ACTIVITY_LEAD),
		event_type="Meeting",
		frequency="Daily",
		interval=7,
		starts_on=getdate(),
		start_time="05:00:00",
		end_time="06:00:00",
		weeks_ahead=3,
		skip_public_holidays=0,
	)
	keep(series)
	form = DeskForm(page_as(ACTIVITY_LEAD), nl, "Activity Series", series.name)
	form.press("Make Dates")
	text = form.told()
	made = rows("LSM Event", {"series": series.name})
	site.made += [("LSM Event", row.name) for row in made]
	assert len(made) in (3, 4) and text.strip(), text


def test_a_pupil_finds_a_group_and_more_than_lessons(site, keep, page_as, nl, rows, user):
	from lsm_crm.tests.activity_factories import make_pupil
	from lsm_crm.tests.factories import make

	lead = user(ACTIVITY_LEAD)
	pupil = make_pupil(lead=lead)
	group = make("Tutoring Group", title="Wiskunde dinsdag", subject="Mathematics", lead=lead, mode="Online")
	keep(pupil, group)
	form = DeskForm(page_as(ACTIVITY_LEAD), nl, "Pupil", pupil.name)
	form.press("Groups That Suit")
	assert "Wiskunde dinsdag" in form.told()
	form.press("Needs More Than Lessons").answer("Een rustige plek om te leren", field="needs")
	form.page.wait_for_function("() => cur_frm.doc.other_needs && !cur_frm.is_dirty()")
	desk = DeskForm(page_as(COORDINATOR), nl, "Pupil", pupil.name)
	desk.press("Refer to a Partner")
	partner = desk.page.locator(".modal.show [data-fieldname=partner] input")
	partner.fill("Leergeld Leiden")
	desk.page.locator(".modal.show .awesomplete li", has_text="Leergeld Leiden").first.click()
	desk.page.locator(".modal.show .btn-modal-primary").click()
	desk.page.wait_for_url("**/app/referral/**")
	referral = rows("Pupil", {"name": pupil.name}, ["referral"])[0].referral
	site.made.append(("Referral", referral))
	assert rows("Referral", {"name": referral}, ["partner"])[0].partner == "Leergeld Leiden"


def test_an_interpreter_is_asked_and_does_it(site, keep, page_as, nl, rows, user):
	from frappe.utils import now_datetime

	from lsm_crm.tests.factories import make, make_volunteer

	helper = user(LANGUAGE_HELPER)
	languages = [{"language": code, "interpreting": "Good"} for code in ("ti", "nl")]
	volunteer = make_volunteer(user=helper, languages=languages)
	volunteer.db_set("workflow_state", "Active")
	request = make(
		"Translation Request",
		kind="Interpreting",
		from_language="ti",
		to_language="nl",
		deadline=now_datetime() + timedelta(days=5),
	)
	keep(volunteer, request)
	desk = DeskForm(page_as(COORDINATOR), nl, "Translation Request", request.name)
	desk.press("Who Can Do It")
	desk.page.locator(f".modal.show [data-user='{helper}']").click()
	desk.page.wait_for_function("() => cur_frm.doc.status === 'Assigned' && !cur_frm.is_dirty()")
	form = DeskForm(page_as(LANGUAGE_HELPER), nl, "Translation Request", request.name)
	for label, status in (("Start Work", "In Progress"), ("Hand In", "Delivered")):
		form.press(label)
		form.page.wait_for_function("s => cur_frm.doc.status === s && !cur_frm.is_dirty()", arg=status)
	stored = rows("Translation Request", {"name": request.name}, ["status", "translator", "delivered_on"])[0]
	assert (stored.status, stored.translator) == ("Delivered", helper) and stored.delivered_on
	site.made += [("Notification Log", row.name) for row in rows("Notification Log", {"document_name": request.name})]
