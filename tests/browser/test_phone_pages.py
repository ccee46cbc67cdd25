"""The deliverer's, the door's and the kitchen's pages on a phone's screen, with what is stored afterwards."""

PHONE = {"width": 390, "height": 844}


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
	assert page.locator("td", has_text="6 × zak van 150 g").count() == 1
	assert page.locator(".warn").count() == 1


def test_children_come_and_go_with_an_adult_whom_we_know(site, page_as, rows, account_of):
	from lsm_crm.tests.activity_factories import make_child, make_open_day

	lead, second = account_of("LSM Activity Lead")["user"], account_of("LSM Coordinator")["user"]
	child = make_child(allergies="Pinda", known_adults=[{"adult_name": "Tante Sanne", "may_collect": 0}])
	day = make_open_day(lead, second, child.name)
	site.made += [("Kidsoase Child", child.name), ("Kidsoase Day", day.name)]
	site.db.commit()
	page = page_as("LSM Activity Lead", **PHONE)
	page.goto(f"/door/kidsoase/{day.name}")
	card = page.locator("section.card", has_text=child.first_name)
	assert fits(page) and card.get_by_text("Pinda").count() == 1
	assert card.locator("a[href^='tel:']").count() == 1
	# whoever brings it must be chosen, nobody by default
	card.locator("button[value=check_in]").click()
	assert card.locator("select:invalid").count() == 1
	card.locator("select").select_option("Tante Sanne")
	card.locator("button[value=check_in]").click()
	card.locator("button[value=check_out]").wait_for()
	assert card.locator("option").all_inner_texts() == ["", child.guardian_name]
	card.locator("select").select_option(child.guardian_name)
	card.locator("button[value=check_out]").click()
	card.locator("form").wait_for(state="detached")
	fields = ["brought_by", "collected_by", "checked_in_on", "checked_out_on"]
	stored = rows("Kidsoase Visit", {"parent": day.name}, fields)[0]
	assert (stored.brought_by, stored.collected_by) == ("Tante Sanne", child.guardian_name)
	assert stored.checked_in_on <= stored.checked_out_on


def test_a_lesson_is_written_down_in_a_few_taps(site, page_as, rows, account_of):
	from lsm_crm.tests.activity_factories import make_confirmed_lesson

	lead, second = account_of("LSM Activity Lead")["user"], account_of("LSM Coordinator")["user"]
	lesson = make_confirmed_lesson(lead, second, pupils=2)
	site.made += [("Pupil", row.pupil) for row in lesson.attendance]
	site.made += [("Tutoring Group", lesson.tutoring_group), ("Lesson", lesson.name)]
	site.db.commit()
	page = page_as("LSM Activity Lead", **PHONE)
	page.goto(f"/door/lesson/{lesson.name}")
	assert fits(page)
	page.locator("input[name=pupil-1][value=Present]").check()
	page.locator("input[name=pupil-2][value='Sent Word']").check()
	page.fill("#report", "Breuken geoefend.")
	page.locator("form button").click()
	page.locator("form").wait_for(state="detached")
	stored = rows("Lesson", {"name": lesson.name}, ["state", "report"])[0]
	assert (stored.state, stored.report) == ("Held", "Breuken geoefend.")
	presences = [row.presence for row in rows("Lesson Attendance", {"parent": lesson.name}, ["presence", "idx"])]
	assert sorted(presences) == ["Present", "Sent Word"]
