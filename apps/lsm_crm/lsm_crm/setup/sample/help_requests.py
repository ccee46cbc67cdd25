"""The walk-in hour: exactly the 257 help requests of 2021 that the foundation reports, and those of this year."""

from datetime import date

from lsm_crm.constants import CASE_WORKER, FRONT_OFFICE
from lsm_crm.setup.sample.walk import acting_as, insert, set_past, step

REPORTED_YEAR, REPORTED = 2021, 257
THIS_YEAR = 96
STILL_OPEN = 9  # of the last two weeks
FOR_CASES = 18  # of this year, kept open here: cases are made of them

# The report for 2021 names poverty, work, housing, prices, tax, insurance, collection, benefits, corona and loneliness.
TOPICS = {
	"Poverty": 20, "Unemployment and labour market": 24, "Housing shortage": 26, "Unhealthy or overcrowded home": 14,
	"Price rises": 9, "Taxes": 18, "Health insurance and excess": 20, "Debt collection": 16, "Debt help": 14,
	"Benefits": 21, "Corona": 13, "Loneliness": 9, "Letters and administration": 30, "Residence permit": 12,
	"Legislation": 5, "Humanitarian": 5, "Education": 8, "Psychological": 5, "Medical": 5, "Energy": 7,
	"Dutch language": 9, "Translation": 8, "Asylum procedure": 4, "Social": 5,
}  # fmt: skip
# In the first months of 2021 everything was shut and people rang; August is holiday.
MONTHS_2021 = (15, 16, 19, 18, 20, 23, 22, 12, 27, 30, 29, 26)
GROUPS = {
	"Status holder": 30, "Family migrant": 16, "Labour migrant": 14, "Newcomer": 10, "Asylum seeker": 8, "Refugee": 8,
	"Undocumented": 6, "Resident without a migration background": 6, "Study migrant": 2,
}  # fmt: skip
SERVICES = {
	"Information": 30,
	"Advice": 30,
	"Guidance": 20,
	"Translation": 10,
	"A chat": 6,
	"Contact with a partner": 10,
}
NOTES = {
	"Letters and administration": "Brief samen gelezen en uitgelegd wat er gevraagd wordt.",
	"Health insurance and excess": "Aanmaning van de zorgverzekeraar, betalingsregeling besproken.",
	"Housing shortage": "Staat lang ingeschreven, wil weten of urgentie mogelijk is.",
	"Unhealthy or overcrowded home": "Gezin woont te klein, schimmel in de slaapkamer.",
	"Benefits": "Formulier van de gemeente ingevuld.",
	"Taxes": "Toeslagen nagekeken, wijziging doorgegeven.",
	"Debt collection": "Incassobureau gebeld, uitstel gevraagd.",
	"Loneliness": "Praatje gemaakt en over de ontmoetingsavond verteld.",
	"Energy": "Hogere gasrekening, voorschot bekeken.",
}


def load(sample) -> None:
	assert sum(MONTHS_2021) == REPORTED
	days = [sample.day_in(REPORTED_YEAR, month) for month, n in enumerate(MONTHS_2021, 1) for _nth in range(n)]
	today = sample.today
	first = date(today.year, 1, 1)
	span = (today - first).days
	days += [sample.days_ago(0, max(span, 1)) for _nth in range(THIS_YEAR - STILL_OPEN - FOR_CASES)]
	days = [max(day, first) if day.year != REPORTED_YEAR else day for day in days]
	_by(sample, CASE_WORKER, days[::6])
	_by(sample, FRONT_OFFICE, [day for nth, day in enumerate(days) if nth % 6])
	with acting_as(sample.users[FRONT_OFFICE]):
		for _nth in range(STILL_OPEN):
			_insert(sample, max(sample.days_ago(0, 12), first))
		for _nth in range(FOR_CASES):
			day = max(sample.days_ago(20, max(span, 40)), first)
			sample.made["Help Request for a case"].append(_insert(sample, min(day, today), "Process-based"))


def _by(sample, role: str, days: list[date]) -> None:
	"""Requests of those days, entered and handled by the sample user of that role."""
	with acting_as(sample.users[role]):
		for day in sorted(days):
			request = _insert(sample, day)
			referred = any(row.service_type == "Referral" for row in request.services)
			step(request, "Refer" if referred else "Answer")


def _insert(sample, day: date, mode: str | None = None):
	random, people = sample.random, sample.people
	topics = _pick(random, TOPICS, 1 if random.random() < 0.7 else 2)
	language = people.language()
	services = ["Referral"] if random.random() < 0.14 else []
	services += _pick(random, SERVICES, random.choice((1, 1, 2)))
	if language not in ("nl", "en") and random.random() < 0.3:
		services.append("Translation")
	on_the_phone = day.year == REPORTED_YEAR and day.month <= 4 or random.random() < 0.2
	values = {
		"request_date": day,
		"channel": "Phone" if on_the_phone else random.choices(("Walk-in", "E-mail", "Outreach"), (20, 2, 1))[0],
		"topics": [{"topic": topic} for topic in topics],
		"language": language,
		"area": people.area() if random.random() < 0.9 else None,
		"services": [{"service_type": name} for name in dict.fromkeys(services)],
		"mode": mode or random.choices(("Short or one-time", "Process-based"), (4, 1))[0],
		"minutes": random.choice((5, 10, 10, 15, 15, 20, 25, 30, 45)),
		"project": "Inloopspreekuur",
		"note": NOTES.get(topics[0]),
	}
	# No name at the walk-in hour; a returning visitor is linked to the client instead of to a group.
	if not mode and sample.made["Client"] and random.random() < 0.12:
		values["client"] = random.choice(sample.made["Client"]).name
	elif random.random() < 0.6:
		values["client_group"] = _pick(random, GROUPS, 1)[0]
	request = insert("Help Request", **values)
	set_past(request, sample.at(day))
	return request


def _pick(random, weighted: dict[str, int], count: int) -> list[str]:
	return list(dict.fromkeys(random.choices(list(weighted), weighted.values(), k=count)))
