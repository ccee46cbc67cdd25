"""The deliverer's, the door's and the kitchen's pages on a phone's screen, with what is stored afterwards."""

import pytest

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def site(frappe_site):
	frappe_site.db.rollback()
	frappe_site.set_user("Administrator")
	frappe_site.made = []
	yield frappe_site
	frappe_site.db.rollback()
	for doctype, name in reversed(frappe_site.made):
		for table in frappe_site.get_meta(doctype).get_table_fields():
			frappe_site.db.delete(table.options, {"parent": name, "parenttype": doctype})
		frappe_site.db.delete(doctype, {"name": name})
	frappe_site.db.commit()


def fits(page) -> bool:
	"""Nothing is wider than the screen."""
	return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_deliverer_brings_an_order(site, page_as, rows, account_of):
	from frappe.utils import getdate

	from lsm_crm.tests.activity_factories import make_order

	agreed = {"short_notice_accepted": 1, "over_capacity_accepted": 1}
	order = make_order(delivery_date=getdate(), address="Kadelaan 77", **agreed)
	site.made.append(("Catering Order", order.name))
	for state in ("Confirmed", "In Kitchen", "Ready"):
		order.workflow_state = state
		order.save()
	found = site.get_doc(
		{
			"doctype": "Delivery Round",
			"round_date": getdate(),
			"deliverer": account_of("LSM Deliverer")["user"],
			"start_time": "16:00:00",
			"stops": [{"catering_order": order.name, "planned_at": "17:05:00"}],
		}
	).insert()
	site.made.append(("Delivery Round", found.name))
	site.db.commit()
	page = page_as("LSM Deliverer", **PHONE)
	page.goto("/my-round")
	stop = page.locator(".stop", has_text="Kadelaan 77")
	assert fits(page)
	assert stop.locator("a[href^='geo:']").count() == 1
	assert stop.locator("a[href^='tel:']").count() == 1
	stop.locator("button[value=set_off]").click()
	stop.locator("input[name=received_by]").fill("Sanne aan de deur")
	stop.locator("button[value=delivered]").click()
	stop.get_by_text("Sanne aan de deur").wait_for()
	stored = rows("Catering Order", {"name": order.name}, ["workflow_state", "received_by"])[0]
	assert (stored.workflow_state, stored.received_by) == ("Delivered", "Sanne aan de deur")


def test_the_door_lets_people_in(site, page_as, rows, account_of):
	from lsm_crm.tests.activity_factories import make_event, make_registration, published

	event = published(make_event(lead=account_of("LSM Activity Lead")["user"], capacity=20))
	site.made.append(("LSM Event", event.name))
	known = make_registration(event.name, person_name="أمينة", places=2)
	site.made.append(("Event Registration", known.name))
	event.reload()
	event.workflow_state = "Running"
	event.save()
	site.db.commit()
	page = page_as("LSM Activity Lead", **PHONE)
	page.goto(f"/door/event/{event.name}")
	assert fits(page)
	page.locator(f"#{known.name} button").click()
	page.locator("button[value=walk_in]").wait_for()
	page.fill("#c", "3")
	page.locator("button[value=walk_in]").click()
	page.locator("[role=status]", has_text="5").wait_for()
	stored = rows("Event Registration", {"event": event.name}, ["name", "status", "places", "source"])
	site.made += [("Event Registration", row.name) for row in stored if row.name != known.name]
	assert sorted((row.status, row.places, row.source) for row in stored) == [
		("Attended", 2, "Desk"),
		("Attended", 3, "At the Door"),
	]


def test_the_kitchen_reads_its_day(site, page_as):
	from lsm_crm.tests.activity_factories import make_order

	order = make_order(dishes=[{"dish": "Baklava", "portions": 30}], allergies=[{"allergen": "Milk", "guests": 2}])
	site.made.append(("Catering Order", order.name))
	order.workflow_state = "Confirmed"
	order.save()
	site.db.commit()
	page = page_as("LSM Kitchen", **PHONE)
	page.goto(f"/kitchen/{order.delivery_date}")
	assert fits(page)
	page.get_by_text(order.name).first.wait_for()
	assert page.locator("td", has_text="6 × bag of 150 g").count() == 1
	assert page.locator(".warn").count() == 1
