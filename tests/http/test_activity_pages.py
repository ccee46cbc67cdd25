"""The deliverer's round, the customer's link, a registration's link and the kitchen's sheet, over HTTP and in a browser."""

import pytest


@pytest.fixture
def round_of_today(site, account_of):
	"""A ready order on a round of today's deliverer."""
	from frappe.utils import getdate

	from lsm_crm.tests.activity_factories import make_order

	deliverer = account_of("LSM Deliverer")["user"]
	order = make_order(delivery_date=getdate(), short_notice_accepted=1, over_capacity_accepted=1)
	site.made.append(("Catering Order", order.name))
	for state in ("Confirmed", "In Kitchen", "Ready"):
		order.workflow_state = state
		order.save()
	found = site.get_doc(
		{
			"doctype": "Delivery Round",
			"round_date": getdate(),
			"deliverer": deliverer,
			"travel_mode": "Bicycle",
			"start_time": "16:00:00",
			"stops": [{"catering_order": order.name, "planned_at": "17:05:00"}],
		}
	).insert()
	site.made.append(("Delivery Round", found.name))
	site.db.commit()
	return order.name


def token_of(text: str) -> str:
	marker = 'name="csrf_token" value="'
	return text.split(marker, 1)[1].split('"', 1)[0] if marker in text else ""


def test_deliverer_goes_brings_and_hands_over(as_role, rows, round_of_today):
	session = as_role("LSM Deliverer")
	page = session.get("/my-round")
	assert page.status_code == 200 and "Voorbeeldstraat 1" in page.text
	token = token_of(page.text)
	for data, state in (
		({"action": "set_off"}, "On the Way"),
		({"action": "delivered", "received_by": "Sanne"}, "Delivered"),
	):
		answer = session.post("/my-round", data={"order": round_of_today, "csrf_token": token, **data})
		assert answer.status_code == 200, answer.text[:500]
		assert rows("Catering Order", {"name": round_of_today}, ["workflow_state"])[0].workflow_state == state
	found = rows("Catering Order", {"name": round_of_today}, ["received_by", "delivered_on"])[0]
	assert found.received_by == "Sanne" and found.delivered_on
	assert rows("Delivery Stop", {"catering_order": round_of_today}, ["state"])[0].state == "Delivered"


def test_delivered_needs_a_name_and_the_token(as_role, rows, round_of_today):
	session = as_role("LSM Deliverer")
	token = token_of(session.get("/my-round").text)
	order = {"order": round_of_today, "csrf_token": token}
	session.post("/my-round", data={**order, "action": "set_off"})
	answer = session.post("/my-round", data={**order, "action": "delivered", "received_by": " "})
	assert answer.status_code == 400
	assert rows("Catering Order", {"name": round_of_today}, ["workflow_state"])[0].workflow_state == "On the Way"


def test_others_have_no_round(as_role, guest, round_of_today):
	for role in ("LSM Kitchen", "LSM Treasurer", "LSM Case Worker"):
		answer = as_role(role).get("/my-round")
		assert answer.status_code == 403 and "Voorbeeldstraat" not in answer.text
	answer = guest.get("/my-round")
	assert "/login" in answer.url and "Voorbeeldstraat" not in answer.text


def test_customer_follows_and_cancels_by_link(site, guest, rows):
	from lsm_crm.services import catering_mail
	from lsm_crm.tests.activity_factories import make_order

	order = make_order()
	site.made.append(("Catering Order", order.name))
	site.db.commit()
	address = "/" + catering_mail.link_of(order).split("/", 3)[3]
	page = guest.get(address)
	assert page.status_code == 200 and order.name in page.text and "Voorbeeldstraat" not in page.text
	assert rows("Catering Order", {"name": order.name}, ["workflow_state"])[0].workflow_state == "Requested"
	answer = guest.post(address, data={"action": "cancel", "reason": "Feast is off"})
	assert answer.status_code == 200
	found = rows("Catering Order", {"name": order.name}, ["workflow_state", "cancelled_by"])[0]
	assert (found.workflow_state, found.cancelled_by) == ("Cancelled", "Customer")


def test_changed_and_old_links_open_nothing(site, guest):
	from frappe.utils import add_days, getdate

	from lsm_crm.services import expiring_links
	from lsm_crm.tests.activity_factories import make_order

	order = make_order()
	site.made.append(("Catering Order", order.name))
	site.db.commit()
	good = expiring_links.token("order", order.name, add_days(getdate(), 1))
	bad = [
		expiring_links.token("order", order.name, add_days(getdate(), -1)),
		expiring_links.token("registration", order.name, add_days(getdate(), 1)),
		good[:-1] + ("0" if good[-1] != "0" else "1"),
		good.replace(order.name, "CAT-2026-00000"),
		"x",
	]
	assert guest.get(f"/link/order/{good}").status_code == 200
	for token in bad:
		assert guest.get(f"/link/order/{token}").status_code == 400
		assert guest.post(f"/link/order/{token}", data={"action": "cancel"}).status_code == 400


def test_visitor_gives_the_place_back_by_link(site, guest, rows):
	from lsm_crm.services import expiring_links
	from lsm_crm.tests.activity_factories import make_event, make_registration, published

	event = published(make_event(capacity=1))
	first, second = make_registration(event.name), make_registration(event.name)
	site.made += [("LSM Event", event.name), ("Event Registration", first.name), ("Event Registration", second.name)]
	site.db.commit()
	address = f"/link/registration/{expiring_links.token('registration', first.name, event.starts_on)}"
	assert guest.get(address).status_code == 200
	guest.post(address, data={"action": "cancel"})
	found = rows("Event Registration", {"event": event.name}, ["name", "status"])
	assert {row.name: row.status for row in found} == {first.name: "Cancelled", second.name: "Offered"}
	address = f"/link/registration/{expiring_links.token('registration', second.name, event.starts_on)}"
	guest.post(address, data={"action": "accept"})
	assert rows("Event Registration", {"name": second.name}, ["status"])[0].status == "Registered"


def test_kitchen_sheet_shows_the_day(as_role, site):
	from frappe.utils import add_days, getdate

	from lsm_crm.tests.activity_factories import make_order

	# a day on which nobody else has ordered, the sample's people included
	day = add_days(getdate(), 500)
	order = make_order(delivery_date=day, dishes=[{"dish": "Hummus", "portions": 25}], allergies=[{"allergen": "Nuts"}])
	site.made.append(("Catering Order", order.name))
	order.workflow_state = "Confirmed"
	order.save()
	site.db.commit()
	page = as_role("LSM Kitchen").get(f"/kitchen/{order.delivery_date}")
	assert page.status_code == 200
	# 25 portions of a recipe for ten with 800 g of chickpeas: 2000 g are five tins of 400 g
	for text in ("Hummus", "2000 g", "5 ×", "Sesam", order.name):
		assert text in page.text, text
	assert "Sanne Voorbeeld" not in page.text
	labels = as_role("LSM Kitchen").get(f"/kitchen/{order.delivery_date}/labels")
	assert "Sesam" in labels.text
	assert as_role("LSM Deliverer").get(f"/kitchen/{order.delivery_date}").status_code == 403


def test_a_client_stays_closed_to_kitchen_and_deliverer(as_role):
	for role in ("LSM Kitchen", "LSM Deliverer"):
		for doctype in ("Client", "Catering Order Client", "Case"):
			assert as_role(role).get(f"/api/resource/{doctype}").status_code == 403


def test_a_visitor_chooses_the_language_of_a_links_page_on_it(site, guest):
	from frappe.utils import add_days, getdate

	from lsm_crm.services import expiring_links
	from lsm_crm.tests.activity_factories import make_order

	order = make_order()
	site.made.append(("Catering Order", order.name))
	site.db.commit()
	address = f"/link/order/{expiring_links.token('order', order.name, add_days(getdate(), 1))}"
	assert '<html lang="nl"' in guest.get(address, headers={"Accept-Language": "nl"}).text
	page = guest.get(f"{address}?language=ti", headers={"Accept-Language": "nl"})
	assert '<html lang="ti"' in page.text and "ኣብ ክሽነ" in page.text and 'href="?language=ar"' in page.text
	assert '<html lang="ti"' in guest.get(address).text  # kept
	assert '<html lang="ti"' in guest.get(f"{address}?language=<b>").text
