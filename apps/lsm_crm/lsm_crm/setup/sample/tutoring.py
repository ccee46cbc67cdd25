"""The Onderwijsbrug: 25 pupils and 22 tutors with lessons in 2021, two pupils referred on, and the groups of this year."""

from datetime import date, datetime, time, timedelta

from lsm_crm.constants import COORDINATOR
from lsm_crm.setup.sample.walk import acting_as, insert, set_past, step

YEAR, PUPILS = 2021, 25
SUBJECTS = ("Mathematics", "Arithmetic", "Dutch", "English", "Spanish", "French", "Biology")
SCHOOLS = ("Vmbo", "Havo", "Vwo", "International Class", "Mbo")
# weekday, hour, room: as the foundation says where and when the lessons are
SLOTS = (
	(1, 18, "Huis van de Buurt Matilo - Lesson Room"),
	(1, 19, "Huis van de Buurt Matilo - Lesson Room"),
	(3, 18, "Speeltuin Westerkwartier - Lesson Room"),
	(3, 19, "Speeltuin Westerkwartier - Lesson Room"),
	(4, 14, "Speeltuin Westerkwartier - Lesson Room"),
	(4, 15, "Speeltuin Westerkwartier - Lesson Room"),
)
ONLINE_UNTIL = date(2021, 4, 28)  # lessons by video while the houses were shut
REFERRED_ON = (("Inluzio", "Psychological"), ("Leergeld Leiden", "Poverty"))
NEEDS = "Meer nodig dan bijles; met de ouders besproken."


def load(sample) -> None:
	with acting_as(sample.users[COORDINATOR]):
		pupils = [_pupil(sample, nth) for nth in range(PUPILS)]
		tutors = list(sample.made["Tutor"])
		groups = []
		for nth in range(len(tutors) // 2):
			members = pupils[nth :: len(tutors) // 2]
			groups.append(_group(sample, nth, tutors[2 * nth : 2 * nth + 2], members))
		for nth, group in enumerate(groups):
			for month in (2, 5, 10):
				_lesson(sample, group, nth, month)
		for pupil, (partner, topic) in zip(pupils, REFERRED_ON, strict=False):
			_refer(sample, pupil, partner, topic)


def _pupil(sample, nth: int):
	random = sample.random
	parent = sample.people.person(own_script=False)
	child = sample.people.person(parent.language, own_script=nth % 3 == 0)
	age = 11 if nth == 24 else random.randint(12, 17)
	outlier = ", jonger dan gewoonlijk" if age < 12 else ""
	pupil = insert(
		"Pupil",
		status="Active",
		first_name=child.first,
		last_name=parent.last,
		date_of_birth=date(YEAR - age, random.randint(1, 6), random.randint(1, 28)),
		age_reason=f"Deed mee in {YEAR} en was toen {age} jaar{outlier}.",
		guardian_name=f"{parent.first} {parent.last}",
		guardian_relation="Parent",
		guardian_phone=parent.phone.replace(" ", ""),
		guardian_language=parent.language,
		consent_given=1,
		consent_on=date(YEAR, 1, 4),
		consent_how="On Paper",
		school_type=random.choice(SCHOOLS),
		school_year=max(1, min(age - 11, 6)),
		language=child.language,
		lesson_mode="Either",
		subjects=[{"subject": subject} for subject in random.sample(SUBJECTS, random.choice((1, 1, 2)))],
		area=sample.people.area(),
	)
	set_past(pupil, datetime(YEAR, 1, 5, 10), applied_on=date(YEAR, 1, 5))
	return pupil


def _group(sample, nth: int, tutors: list[str], pupils: list):
	room = SLOTS[nth % len(SLOTS)][2]
	return insert(
		"Tutoring Group",
		title=f"{SUBJECTS[nth % len(SUBJECTS)]} {nth + 1}",
		subject=SUBJECTS[nth % len(SUBJECTS)],
		language="nl",
		lead=sample.users[COORDINATOR],
		venue=room.split(" - ")[0],
		room=room,
		tutors=[{"user": user, "since": date(YEAR, 1, 4)} for user in tutors],
		pupils=[{"pupil": pupil.name, "since": date(YEAR, 1, 5)} for pupil in pupils],
	)


def _lesson(sample, group, nth: int, month: int) -> None:
	"""Each slot is used by one group in a week; groups that share one come in different weeks."""
	weekday, hour, room = SLOTS[nth % len(SLOTS)]
	day = date(YEAR, month, 1) + timedelta(weeks=nth // len(SLOTS))
	day += timedelta(days=(weekday - day.weekday()) % 7)
	online = day < ONLINE_UNTIL
	place = {"mode": "Online"} if online else {"mode": "In Person", "room": room, "venue": room.split(" - ")[0]}
	lesson = insert(
		"Lesson",
		tutoring_group=group.name,
		starts_on=datetime.combine(day, time(hour)),
		ends_on=datetime.combine(day, time(hour + 1)),
		**place,
	)
	lesson.state = "Confirmed"
	lesson.save()
	for row in lesson.attendance:
		row.presence = "Present"
	for row in lesson.adults:
		row.present = 1
	lesson.state, lesson.report = "Held", "Huiswerk gemaakt en de stof van deze week herhaald."
	lesson.save()
	set_past(lesson, datetime.combine(day - timedelta(days=7), time(12)))


def _refer(sample, pupil, partner: str, topic: str) -> None:
	"""On to a partner, without a name: the parents make the appointment themselves."""
	referral = insert("Referral", partner=partner, topic=topic, referred_on=date(YEAR, 6, 8), language="nl")
	for action, values in (("Accept", {}), ("Start", {}), ("Finish", {"result": "Helped"})):
		step(referral, action, **values)
	set_past(referral, datetime(YEAR, 6, 8, 15))
	pupil.reload()
	pupil.referral, pupil.other_needs = referral.name, NEEDS
	pupil.save()
