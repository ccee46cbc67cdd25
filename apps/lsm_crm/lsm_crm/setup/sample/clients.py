"""Clients and households, entered by the case worker and the coordinator as visitors became clients."""

from datetime import date, timedelta

from lsm_crm.constants import CASE_WORKER
from lsm_crm.setup.sample.walk import acting_as, insert

CLIENTS = 64
OWN_SCRIPT = 0.4  # of those whose language has another one: most are entered in Latin letters


def load(sample) -> None:
	with acting_as(sample.users[CASE_WORKER]):
		for number in range(CLIENTS):
			sample.made["Client"].append(_client(sample, number))
		_households(sample)


def _client(sample, number: int):
	random, people = sample.random, sample.people
	person = people.person(own_script=random.random() < OWN_SCRIPT)
	values = {
		"first_name": person.first,
		"last_name": person.last,
		"other_names": person.latin,
		"preferred_language": person.language,
		"interpreter_needed": int(person.language not in ("nl", "en") and random.random() < 0.5),
		"languages": _languages(random, person.language),
		"form_of_address": random.choice(("Mr", "Mrs", "Neutral")),
		**_birth(sample, number),
	}
	if number % 9 == 4:  # without a roof or a number: met at the walk-in hour only
		values |= {"no_fixed_address": 1, "area": people.area(), "preferred_channel": "In person"}
	else:
		values |= {**people.address(), "phone": person.phone, "preferred_channel": "Phone", "safe_to_call": 1}
		values |= {"safe_to_text": int(random.random() < 0.6), "no_letters_home": int(random.random() < 0.3)}
		if random.random() < 0.5:
			values |= {"email": person.email, "safe_to_mail": 1}
	return insert("Client", **values)


def _birth(sample, number: int) -> dict:
	"""Most know the whole date, some the year only; a few are children who come with a guardian."""
	random, year = sample.random, sample.today.year
	if number % 16 == 7:
		guardian = sample.people.person()
		day = date(year - random.randint(8, 14), random.randint(1, 12), random.randint(1, 28))
		name = f"{guardian.first} {guardian.last}"
		return {"date_of_birth": day, "guardian_name": name, "guardian_phone": guardian.phone}
	if number % 5 == 3:
		return {"birth_year": year - random.randint(22, 78)}
	day = sample.today - timedelta(days=random.randint(20 * 365, 75 * 365))
	return {"date_of_birth": day}


def _languages(random, mother_tongue: str) -> list[dict]:
	rows = [{"language": mother_tongue, "speaks": "Mother tongue", "reads": 1}]
	if mother_tongue != "nl":
		rows.append({"language": "nl", "speaks": random.choice(("A little", "Well")), "reads": random.randint(0, 1)})
	if mother_tongue not in ("nl", "en") and random.random() < 0.3:
		rows.append({"language": "en", "speaks": "A little"})
	return rows


def _households(sample) -> None:
	clients = [client for client in sample.made["Client"] if not client.guardian_name]
	for start, size in ((0, 3), (4, 2), (7, 4), (12, 2)):
		head, *others = clients[start : start + size]
		relations = ("Partner", "Child", "Parent")
		members = [{"client": c.name, "relation": r} for c, r in zip(others, relations, strict=False)]
		insert("Household", head=head.name, members=members, area=head.area)
	for head in clients[16:22]:
		counts = {"adults": sample.random.randint(1, 2), "children": sample.random.randint(0, 6)}
		insert("Household", head=head.name, count_only=1, area=head.area, **counts)
