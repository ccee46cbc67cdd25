"""The door of Kidsoase, of a lesson and of an event over HTTP: who may open it, and what it lets through."""

import pytest

LEAD, SECOND = "LSM Activity Lead", "LSM Coordinator"
OTHERS = (
	"LSM Kitchen",
	"LSM Case Worker",
	"LSM Front Office",
	"LSM Board",
	"LSM Volunteer Coordinator",
	"LSM Deliverer",
)


@pytest.fixture
def adults(account_of):
	return account_of(LEAD)["user"], account_of(SECOND)["user"]


@pytest.fixture
def day(site, adults):
	"""An open day with one child on its list, whose aunt may bring and not collect it."""
	from lsm_crm.tests.activity_factories import make_child, make_open_day

	child = make_child(known_adults=[{"adult_name": "Tante Sanne", "may_collect": 0}])
	found = make_open_day(*adults, child.name)
	site.made += [("Kidsoase Child", child.name), ("Kidsoase Day", found.name)]
	site.db.commit()
	return found


@pytest.fixture
def lesson(site, adults):
	from lsm_crm.tests.activity_factories import make_confirmed_lesson

	found = make_confirmed_lesson(*adults, pupils=1)
	site.made += [("Pupil", row.pupil) for row in found.attendance]
	site.made += [("Tutoring Group", found.tutoring_group), ("Lesson", found.name)]
	site.db.commit()
	return found


def send(session, address: str, **data):
	return session.post(address, data={"csrf_token": session.csrf_token, **data})


def visit_of(rows, day):
	fields = ["brought_by", "collected_by", "checked_in_on", "checked_out_on"]
	return rows("Kidsoase Visit", {"parent": day.name}, fields)[0]


def test_a_child_comes_and_goes(as_role, rows, day):
	door, address = as_role(LEAD), f"/door/kidsoase/{day.name}"
	child = day.visits[0].child
	guardian = rows("Kidsoase Child", {"name": child}, ["guardian_name"])[0].guardian_name
	assert send(door, address, action="check_in", child=child, adult="A stranger").status_code == 400
	assert not visit_of(rows, day).checked_in_on
	assert send(door, address, action="check_in", child=child, adult="Tante Sanne").status_code == 200
	assert visit_of(rows, day).brought_by == "Tante Sanne"
	for nobody in ("Tante Sanne", "A stranger", ""):
		assert send(door, address, action="check_out", child=child, adult=nobody).status_code == 400
		assert not visit_of(rows, day).checked_out_on
	assert send(door, address, action="check_out", child=child, adult=guardian).status_code == 200
	found = visit_of(rows, day)
	assert found.collected_by == guardian and found.checked_out_on
	# sent twice changes nothing, and who has gone home does not come back by a mistaken tap
	assert send(as_role(LEAD), address, action="check_out", child=child, adult=guardian).status_code == 200
	assert visit_of(rows, day).checked_out_on == found.checked_out_on


def test_a_closed_day_lets_nobody_in(site, as_role, rows, day):
	child = day.visits[0].child
	day.reload()
	day.state = "Closed"
	day.save()
	site.db.commit()
	door, address = as_role(LEAD), f"/door/kidsoase/{day.name}"
	assert send(door, address, action="check_in", child=child, adult="Tante Sanne").status_code == 400
	assert not visit_of(rows, day).checked_in_on


def test_a_child_of_no_list_is_checked_for_its_age(site, as_role, rows, day):
	"""A child that comes along is put on the list by the same rules: twelve at most, and an adult whom we know."""
	from frappe.utils import add_to_date, getdate

	from lsm_crm.tests.activity_factories import make_child

	older = make_child(date_of_birth=add_to_date(getdate(), years=-14))
	site.made.append(("Kidsoase Child", older.name))
	site.db.commit()
	door, address = as_role(LEAD), f"/door/kidsoase/{day.name}"
	assert send(door, address, action="check_in", child=older.name, adult=older.guardian_name).status_code == 400
	assert [row.child for row in rows("Kidsoase Visit", {"parent": day.name}, ["child"])] == [day.visits[0].child]


def test_a_lesson_needs_two_adults_who_were_there(as_role, rows, lesson):
	door, address = as_role(LEAD), f"/door/lesson/{lesson.name}"
	pupil = {"pupil-1": "Present"}
	for missing in ({"adult-1": "1"}, {}):
		assert send(door, address, **pupil, **missing).status_code == 400
	both = {"adult-1": "1", "adult-2": "1"}
	for presence in ("", "Asleep"):
		assert send(door, address, **{**both, "pupil-1": presence}).status_code == 400
	assert rows("Lesson", {"name": lesson.name}, ["state"])[0].state == "Confirmed"
	assert send(door, address, **pupil, **both, report="Breuken").status_code == 200
	stored = rows("Lesson", {"name": lesson.name}, ["state", "report"])[0]
	assert (stored.state, stored.report) == ("Held", "Breuken")


def test_doors_stay_closed_to_others(as_role, guest, day, lesson):
	child = day.visits[0].child_name
	pupil = lesson.attendance[0].pupil_name
	for address, name in ((f"/door/kidsoase/{day.name}", child), (f"/door/lesson/{lesson.name}", pupil)):
		for role in OTHERS:
			answer = as_role(role).get(address)
			assert answer.status_code == 403 and name not in answer.text, (role, address)
			assert as_role(role).post(address, data={"action": "check_in"}).status_code in (400, 403)
		answer = guest.get(address)
		assert "/login" in answer.url and name not in answer.text


def test_the_code_at_the_door_is_no_right_by_itself(site, as_role, guest, adults):
	"""The code on a visitor's phone names the door's page at that registration: whoever works there opens it, others do not."""
	from lsm_crm.services import expiring_links
	from lsm_crm.tests.activity_factories import make_event, make_registration, published

	event = published(make_event(lead=adults[0], capacity=5))
	known = make_registration(event.name, person_name="Sanne Code")
	site.made += [("LSM Event", event.name), ("Event Registration", known.name)]
	event.reload()
	event.workflow_state = "Running"
	event.save()
	site.db.commit()
	page = guest.get(f"/link/registration/{expiring_links.token('registration', known.name, event.starts_on)}")
	assert page.status_code == 200 and "data:image/svg+xml;base64," in page.text
	address = f"/door/event/{event.name}"
	assert "/login" in guest.get(address).url
	assert as_role("LSM Kitchen").get(address).status_code == 403
	assert f'id="{known.name}"' in as_role(LEAD).get(address).text
	assert send(as_role(LEAD), address, action="check_in", registration=known.name).status_code == 200
	site.db.rollback()
	assert site.db.get_value("Event Registration", known.name, "status") == "Attended"
