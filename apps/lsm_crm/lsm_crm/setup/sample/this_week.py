"""What is going on around today beside events: a tutoring group with a lesson to write down, translations, research."""

from datetime import datetime, time, timedelta

from lsm_crm.constants import ACTIVITY_LEAD, CASE_WORKER, COORDINATOR, LANGUAGE_HELPER
from lsm_crm.setup.sample.walk import acting_as, insert

ROOM = "Huis van de Buurt Matilo - Lesson Room"
# kind, from, to, days from now, how far it has come
TRANSLATIONS = (
	("Text", "ti", "nl", 3, ()),
	("Text", "nl", "ar", 5, ("Assigned", "In Progress")),
	("Interpreting", "nl", "ti", 2, ("Assigned",)),
	("Text", "fr", "nl", 1, ("Assigned", "In Progress", "Delivered")),
)
RESEARCH = (
	("Wonen na de opvang", "Thesis", ()),
	("Meertaligheid in de buurt", "Professor or PhD", ("In Talks", "Agreed")),
)


def load(sample) -> None:
	with acting_as(sample.users[ACTIVITY_LEAD]):
		_tutoring(sample)
	for nth, (kind, source, target, days, states) in enumerate(TRANSLATIONS):
		_translation(sample, nth, kind, source, target, days, states)
	with acting_as(sample.users[COORDINATOR]):
		for title, route, states in RESEARCH:
			_research(sample, title, route, states)


def _tutoring(sample) -> None:
	"""A group of three with yesterday's lesson to write down and two to come."""
	lead = sample.users[ACTIVITY_LEAD]
	adults = [{"user": lead, "task": "Tutor"}, {"user": sample.users[COORDINATOR], "task": "Second Adult"}]
	group = insert(
		"Tutoring Group",
		title="Wiskunde, havo 2",
		subject="Mathematics",
		lead=lead,
		language="ar",
		area="Roomburg",
		venue=ROOM.split(" - ")[0],
		room=ROOM,
		places=4,
		pupils=[{"pupil": _pupil(sample, lead, nth)} for nth in range(3)],
	)
	for days, state in ((-1, "Confirmed"), (6, "Confirmed"), (13, "Planned")):
		starts = datetime.combine(sample.today + timedelta(days=days), time(16))
		insert(
			"Lesson",
			tutoring_group=group.name,
			starts_on=starts,
			ends_on=starts + timedelta(hours=1),
			adults=adults,
			state=state,
		)


def _pupil(sample, lead: str, nth: int) -> str:
	parent = sample.people.person("ar", own_script=False)
	child = sample.people.person("ar", own_script=False)
	return insert(
		"Pupil",
		status="Active",
		lead=lead,
		first_name=child.first,
		last_name=parent.last,
		date_of_birth=sample.today - timedelta(days=365 * 14 + 40 * nth),
		guardian_name=f"{parent.first} {parent.last}",
		guardian_relation="Parent",
		guardian_phone=parent.phone.replace(" ", ""),
		guardian_language="ar",
		consent_given=1,
		consent_on=sample.today - timedelta(days=60),
		consent_how="On Paper",
		school_type="Havo",
		school_year=2,
		language="ar",
		lesson_mode="In Person",
		subjects=[{"subject": "Mathematics"}],
		area="Roomburg",
	).name


def _translation(sample, nth: int, kind: str, source: str, target: str, days: int, states: tuple) -> None:
	with acting_as(sample.users[CASE_WORKER]):
		request = insert(
			"Translation Request",
			kind=kind,
			from_language=source,
			to_language=target,
			words=150 * (nth + 1) if kind == "Text" else 0,
			minutes=60 if kind == "Interpreting" else 0,
			place="Gemeentehuis, balie 4" if kind == "Interpreting" else None,
			deadline=datetime.combine(sample.today + timedelta(days=days), time(12)),
		)
	for state in states:
		actor = COORDINATOR if state == "Assigned" else LANGUAGE_HELPER
		with acting_as(sample.users[actor]):
			request.reload()
			if state == "Assigned":
				request.translator = sample.users[LANGUAGE_HELPER]
			request.status = state
			request.save()


def _research(sample, title: str, route: str, states: tuple) -> None:
	person = sample.people.person("nl")
	doc = insert(
		"Research Request",
		title=title,
		route=route,
		researcher_name=f"{person.first} {person.last}",
		institution="Universiteit Leiden",
		email=person.email,
		question="Hoe ervaren nieuwkomers hun eerste jaar in de stad?",
	)
	for state in states:
		doc.update({"status": state, "data_agreement_on": sample.today})
		doc.save()
