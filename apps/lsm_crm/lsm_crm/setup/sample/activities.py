"""Events with registrations, senior activities with sessions, and a day of Kidsoase; each kind in every state."""

from datetime import datetime, time, timedelta

import frappe

from lsm_crm.constants import ACTIVITY_LEAD, COORDINATOR, KITCHEN
from lsm_crm.services import registrations
from lsm_crm.setup.sample.walk import acting_as, insert, step

HALL = "Speeltuin Westerkwartier - Large Hall"
MATILO = "Huis van de Buurt Matilo - Large Hall"
EATERY = "Eetcafé Wereldkeuken"
MORE_EVENTS = (
	# title, type, project, room, days from today, state
	("Voorlichting huurtoeslag", "Information evening", "Inloopspreekuur", MATILO, 16, "Published"),
	("Meertalige avond voor organisaties", "Multilingual evening for organisations", None, MATILO, 23, "Draft"),
	("Lunch in De Romein", "Eatery evening", "Eetcafé De Romein", MATILO, 9, "Published"),
	("Ontmoetingsruimte", "Meeting", None, "Vogelvlucht - Hall", 0, "Running"),
	("Muziek uit vier windstreken", "Music and arts", None, MATILO, 10, "Cancelled"),
	("Voorlezen in drie talen", "Reading aloud", "Kidsoase", MATILO, 12, "Published"),
)
SENIORS = (
	# title, area, weeks from today to the first session, state
	("Koffie en verhalen", "Haagwegkwartier", -8, "Completed"),
	("Samen bewegen", "Leiden Noord", -3, "Running"),
	("Wandelclub", "Merenwijk", 2, "Published"),
	("Handwerkmiddag", "Boshuizen", 4, "Draft"),
	("Muziekmiddag", "Leiden Zuid", 3, "Cancelled"),
)


def load(sample) -> None:
	with acting_as(sample.users[ACTIVITY_LEAD]):
		for day in _fridays(sample, 4):
			_event(
				sample, EATERY, "Eatery evening", EATERY, HALL, day, "Completed" if day < sample.today else "Published"
			)
		for title, kind, project, room, days, state in MORE_EVENTS:
			_event(sample, title, kind, project, room, sample.today + timedelta(days=days), state)
		for title, area, weeks, state in SENIORS:
			_senior_activity(sample, title, area, weeks, state)
		_kidsoase(sample)


def _fridays(sample, months: int) -> list:
	"""Second and fourth Fridays around today, none on today itself, where the hall is kept for other things."""
	found = []
	day = sample.today - timedelta(days=30 * months // 2)
	while day < sample.today + timedelta(days=30):
		if day.weekday() == 4 and (day.day - 1) // 7 in (1, 3) and day != sample.today:
			found.append(day)
		day += timedelta(days=1)
	return found


def _event(sample, title: str, kind: str, project: str | None, room: str, day, state: str) -> None:
	lead = sample.users[ACTIVITY_LEAD]
	event = frappe.get_doc(
		{
			"doctype": "LSM Event",
			"title": title,
			"event_type": kind,
			"project": project,
			"lead": lead,
			"room": room,
			"venue": room.split(" - ")[0],
			"starts_on": datetime.combine(day, time(18)),
			"ends_on": datetime.combine(day, time(21, 30)),
			"capacity": 30,
			"registration": "Needed",
			"languages": [{"language": "nl", "how": "Spoken"}, {"language": "ar", "how": "Interpreted"}],
			"team": [
				{"user": lead, "task": "Host"},
				{"user": sample.users[COORDINATOR], "task": "Supervisor"},
				{"user": sample.users[KITCHEN], "task": "Cook"},
			],
			"takings": sample.random.randint(90, 210) if state == "Completed" and title == EATERY else 0,
			"head_count": sample.random.randint(18, 42) if state == "Completed" else 0,
		}
	)
	event.insert()
	event.flags.by_service = state in ("Completed", "Running")  # published long ago
	if state == "Cancelled":
		step(event, "Publish")
		_register(sample, event, 4)
		step(event, "Cancel", cancel_reason="De muzikanten zijn ziek.")
	elif state != "Draft":
		step(event, "Publish")
		if state == "Published":
			_register(sample, event, sample.random.randint(6, 14))
		if state in ("Running", "Completed"):
			step(event, "Open Doors")
		if state == "Running":
			_come_in(sample, event)
		if state == "Completed":
			step(event, "Complete")


def _register(sample, event, count: int) -> None:
	for _nth in range(count):
		person = sample.people.person()
		insert(
			"Event Registration",
			event=event.name,
			person_name=f"{person.first} {person.last}",
			places=sample.random.choice((1, 1, 2, 3)),
			email=person.email,
			language=person.language,
			diet=sample.random.choice(("", "", "Vegan", "Halal")),
		)
	event.reload()


def _come_in(sample, event) -> None:
	for _nth in range(5):
		person = sample.people.person()
		name = f"{person.first} {person.last}"
		guest = frappe.get_doc({"doctype": "Event Registration", "event": event.name, "person_name": name, "places": 1})
		guest.source = "At the Door"
		guest.flags.at_the_door = guest.flags.by_service = True
		guest.insert()
	registrations.count_places(event.name)


def _senior_activity(sample, title: str, area: str, weeks: int, state: str) -> None:
	first = sample.today + timedelta(weeks=weeks)
	activity = insert(
		"Senior Activity",
		title=title,
		area=area,
		lead=sample.users[ACTIVITY_LEAD],
		project="Senioren Oase",
		starts_on=first,
		ends_on=first + timedelta(weeks=6),
		language="ar" if area == "Leiden Noord" else "nl",
		venue="'t Trefpunt",
		capacity=15,
		transport_offered=1,
		wheelchair_accessible=1,
		programme="Koffie, een verhaal en ruimte voor een praatje.",
	)
	if state == "Draft":
		return
	step(activity, "Publish")
	_sign_up(sample, activity)
	activity.reload()
	if state == "Cancelled":
		step(activity, "Cancel", cancel_reason="De zaal is niet beschikbaar.")
	if state in ("Running", "Completed"):
		step(activity, "Open Doors")
		for week in range(3):
			_session(sample, activity, first + timedelta(weeks=week), hour=10 if state == "Running" else 14)
	if state == "Completed":
		step(activity, "Complete")


def _sign_up(sample, activity) -> None:
	for nth in range(6):
		person, relative = sample.people.person(), sample.people.person("nl")
		insert(
			"Senior Registration",
			senior_activity=activity.name,
			status="Applied" if nth == 5 else "Taking Part",
			person_name=f"{person.first} {person.last}",
			birth_year=sample.today.year - sample.random.randint(64, 88),
			language=person.language,
			phone=person.phone.replace(" ", ""),
			address=f"Voorbeeldstraat {sample.random.randint(1, 90)}, Leiden",
			area=activity.area,
			transport_there=int(nth % 3 == 0),
			transport_back=int(nth % 3 == 0),
			wheelchair=int(nth == 3),
			emergency_name=f"{relative.first} {relative.last}",
			emergency_phone=relative.phone.replace(" ", ""),
		)


def _session(sample, activity, day, hour: int) -> None:
	session = insert(
		"Senior Session",
		senior_activity=activity.name,
		starts_on=datetime.combine(day, time(hour)),
		ends_on=datetime.combine(day, time(hour + 2)),
	)
	if day >= sample.today:
		return
	for row in session.attendance:
		row.presence = sample.random.choices(("Present", "Absent", "Sent Word"), (8, 1, 1))[0]
	session.state = "Held"
	session.satisfaction = sample.random.choice((4, 4.5, 5))
	session.save()


def _kidsoase(sample) -> None:
	"""Children with a known adult each; the next day's list is theirs."""
	lead = sample.users[ACTIVITY_LEAD]
	names = []
	for _nth in range(8):
		parent, child = sample.people.person(own_script=False), sample.people.person(own_script=False)
		doc = insert(
			"Kidsoase Child",
			first_name=child.first,
			last_name=parent.last,
			date_of_birth=sample.today - timedelta(days=sample.random.randint(7 * 366, 11 * 365)),
			lead=lead,
			guardian_name=f"{parent.first} {parent.last}",
			guardian_phone=parent.phone.replace(" ", ""),
			guardian_language=parent.language,
			consent_given=1,
			consent_on=sample.today - timedelta(days=40),
		)
		names.append(doc.name)
	day = next(day for day in _fridays(sample, 4) if day > sample.today)
	insert(
		"Kidsoase Day",
		lead=lead,
		starts_on=datetime.combine(day, time(17)),
		ends_on=datetime.combine(day, time(20)),
		room="Speeltuin Westerkwartier - Children's Room",
		venue="Speeltuin Westerkwartier",
		adults=[{"user": lead, "task": "Tutor"}, {"user": sample.users[COORDINATOR], "task": "Second Adult"}],
		visits=[{"child": name} for name in names],
	)
