"""130 volunteers with the eleven languages, in every state; their screening, shifts, hours and expenses."""

from datetime import date, timedelta

import frappe

from lsm_crm.constants import VOLUNTEER, VOLUNTEER_COORDINATOR
from lsm_crm.services import screening
from lsm_crm.setup.sample.accounts import USERS, new_user
from lsm_crm.setup.sample.people import Person
from lsm_crm.setup.sample.walk import acting_as, insert, set_past, step

TOTAL = 130
TUTORS = 22  # who gave lessons of Onderwijsbrug in 2021, so that each has an account
# Where the others have come to; what is left is active.
STATES = {"Applied": 11, "Interview": 8, "Screening": 8, "Paused": 6, "Left": 7, "Rejected": 3}
LANGUAGES = {"nl": 42, "ar": 16, "en": 14, "fa": 11, "ti": 10, "tr": 9, "fr": 8, "es": 6, "am": 6, "ru": 5, "zh": 3}
OWN_SCRIPT = 3
ROLES = {
	"Front office": 16, "Socio-legal worker": 16, "Cook": 14, "Deliverer": 8, "Translator": 18, "Proofreader": 7,
	"Kidsoase supervisor": 8, "Communication": 6, "Networking": 4, "Thesis student": 3,
	"Intern (mbo or hbo), 3 or 6 months": 5, "Coordinator": 3,
}  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_PARTS = ("Morning", "Afternoon", "Evening")
HEARD_FROM = ("A Friend or Relative", "Another Volunteer", "The Website", "Social Media", "School or University")
MOTIVATIONS = (
	"Ik kwam zelf als nieuwkomer naar Leiden en wil iets terugdoen.",
	"I speak several languages and would like to use them to help people.",
	"Ik zoek een zinvolle besteding van mijn vrije middagen.",
	"J'aimerais aider des familles à comprendre leurs lettres.",
	"Ik kook graag voor grote groepen.",
	None,
)
REJECTION = "Zoekt betaald werk; verwezen naar Gilde Samenspraak."


def load(sample) -> None:
	languages = [code for code, count in LANGUAGES.items() for _nth in range(count)]
	sample.random.shuffle(languages)
	states = [state for state, count in STATES.items() for _nth in range(count)]
	tutors = _tutor_accounts(sample, [languages.pop() for _nth in range(TUTORS)])
	with acting_as(sample.users[VOLUNTEER_COORDINATOR]):
		_declarations(sample)
		sample.made["Volunteer"].append(_portal_volunteer(sample, languages.pop()))
		for person, user in tutors:
			tutor = _active(sample, _apply(sample, person, ["Tutor"]))
			sample.made["Volunteer"].append(_with_account(tutor, user))
		active = TOTAL - TUTORS - 1 - len(states)
		for language in languages[:active]:
			sample.made["Volunteer"].append(_active(sample, _apply_somebody(sample, language)))
		for language, state in zip(languages[active:], states, strict=True):
			_walk_to(sample, _apply_somebody(sample, language, recent=state not in ("Paused", "Left")), state)


def _tutor_accounts(sample, languages: list[str]) -> list[tuple[Person, str]]:
	"""Accounts of the tutors, who stand as adults in each lesson."""
	made = []
	for language in languages:
		person = _somebody(sample, language)
		user = new_user(person.email, person.first, person.last, VOLUNTEER).insert(ignore_permissions=True)
		made.append((person, user.name))
		sample.made["Tutor"].append(user.name)
	return made


def _declarations(sample) -> None:
	"""The foundation may let asylum seekers cook and translate."""
	for role in ("Cook", "Translator"):
		insert(
			"UWV Declaration", role=role, valid_from=date(sample.today.year - 1, 1, 15), reference_number="VOORBEELD-1"
		)


def _portal_volunteer(sample, language: str):
	"""The sample user of the portal is one of them."""
	person = _somebody(sample, language)
	_local_part, first, last = USERS[VOLUNTEER]
	user = sample.users[VOLUNTEER]
	person = Person(person.language, first, last, "", person.phone, user)
	return _with_account(_active(sample, _apply(sample, person, ["Cook", "Translator"])), user)


def _with_account(volunteer, user: str):
	"""The account was there before: taking somebody on with a proven address would make one and mail a link."""
	values = {"user": user, "email_proven_on": volunteer.applied_on}
	frappe.db.set_value("Volunteer", volunteer.name, values, update_modified=False)
	volunteer.update(values)
	return volunteer


def _apply_somebody(sample, language: str, recent: bool = False):
	random = sample.random
	roles = list(dict.fromkeys(random.choices(list(ROLES), ROLES.values(), k=random.choice((1, 1, 2)))))
	return _apply(sample, _somebody(sample, language), roles, recent=recent)


def _somebody(sample, language: str) -> Person:
	"""Every third name of a language stands in its own script."""
	sample.made[f"Volunteer who speaks {language}"].append(None)
	nth = len(sample.made[f"Volunteer who speaks {language}"])
	return sample.people.person(language, own_script=nth % OWN_SCRIPT == 1)


def _apply(sample, person: Person, roles: list[str], recent: bool = False):
	random = sample.random
	applied = sample.at(sample.days_ago(1, 45) if recent else sample.days_ago(120, 2000))
	slots = {(random.choice(WEEKDAYS), random.choice(DAY_PARTS)) for _nth in range(random.randint(1, 5))}
	volunteer = insert(
		"Volunteer",
		first_name=person.first,
		last_name=person.last,
		email=person.email,
		phone=person.phone.replace(" ", ""),
		preferred_language=person.language,
		date_of_birth=sample.today - timedelta(days=random.randint(19 * 365, 70 * 365)),
		roles=[{"role": role} for role in roles],
		languages=_languages(random, person.language),
		availability=[{"weekday": day, "day_part": part} for day, part in sorted(slots)],
		areas=[{"area": sample.people.area()}] if random.random() < 0.7 else [],
		motivation=random.choice(MOTIVATIONS),
		heard_from=random.choice(HEARD_FROM),
		consent_to_store=1,
		applied_on=applied,
	)
	set_past(volunteer, applied)
	return volunteer


def _languages(random, mother_tongue: str) -> list[dict]:
	best = {name: "Mother Tongue" for name in ("speaking", "reading", "writing")}
	best["interpreting"] = random.choice(("", "Good", "Reasonable"))
	rows = [{"language": mother_tongue, **best}]
	for code, levels in (("nl", ("A Little", "Reasonable", "Good")), ("en", ("Reasonable", "Good"))):
		if code != mother_tongue and (code == "nl" or random.random() < 0.7):
			level = random.choice(levels)
			rows.append({"language": code, "speaking": level, "reading": level, "writing": random.choice(levels)})
	return rows


def _active(sample, volunteer):
	_walk_to(sample, volunteer, "Active")
	return volunteer


def _walk_to(sample, volunteer, state: str) -> None:
	"""Take the application through interview and screening until it has come to that state."""
	if state == "Applied":
		return
	if state == "Rejected":
		step(volunteer, "Reject", rejection_reason=REJECTION)
		return
	step(volunteer, "Invite to Interview")
	if state == "Interview":
		return
	applied = frappe.utils.get_datetime(volunteer.applied_on)
	interview = min(applied + timedelta(days=8), frappe.utils.now_datetime())
	result = "Prettig gesprek, past goed bij de functie."
	by = sample.users[VOLUNTEER_COORDINATOR]
	step(volunteer, "Start Screening", interview_on=interview, interview_by=by, interview_result=result)
	_screen(sample, volunteer, interview.date(), complete=state != "Screening")
	if state == "Screening":
		return
	volunteer.active_since = (interview + timedelta(days=21)).date()
	step(volunteer, "Take On")
	if state == "Paused":
		step(volunteer, "Pause", pause_reason="Druk met examens.", paused_until=sample.today + timedelta(days=60))
	elif state == "Left":
		left_on = sample.days_ago(20, 90)
		step(volunteer, "Say Goodbye", leaving_reason="Verhuisd naar een andere stad.", left_on=left_on)


def _screen(sample, volunteer, day: date, complete: bool) -> None:
	"""What the roles demand; of somebody still in screening one thing is only asked for."""
	random = sample.random
	day = max(day, sample.today - timedelta(days=700))  # older ones were renewed since
	asylum = any(row.role in ("Cook", "Translator") for row in volunteer.roles) and random.random() < 0.08
	only_those = {row.role for row in volunteer.roles} <= {"Cook", "Translator"}
	may = "Only with a UWV Declaration" if asylum and only_those else "May Volunteer"
	recent = int(may != "May Volunteer" or random.random() < 0.1)
	_item(volunteer, "Right to Work", valid_from=day, may_volunteer=may, recent_arrival=recent)
	gaps = screening.missing(volunteer.name, [row.role for row in volunteer.roles])
	wanted = dict.fromkeys((gap.requirement, gap.role if gap.requirement == "Training" else None) for gap in gaps)
	for nth, (requirement, role) in enumerate(wanted):
		if complete or nth:
			_item(volunteer, requirement, role=role, valid_from=day)
		else:
			_item(volunteer, requirement, role=role, result="Asked For")


def _item(volunteer, requirement: str, result: str = "Approved", **values) -> None:
	insert("Screening Item", volunteer=volunteer.name, requirement=requirement, result=result, **values)
