"""Cases of each type and in every state, with notes, consents, referrals, deadlines and appointments."""

from datetime import datetime, time, timedelta

import frappe

from lsm_crm.constants import CASE_WORKER, COORDINATOR, FRONT_OFFICE, LANGUAGE_HELPER
from lsm_crm.setup.sample.walk import acting_as, insert, set_past, step

# Each case type has at least two cases; the states come round so that every state is met.
ROUND = ("In Progress", "Closed", "Waiting for Others", "Intake", "Closed", "Closing Requested", "New", "Reopened")
PER_TYPE = 3
OUTCOMES = ("Solved", "Solved", "Partly solved", "Referred", "Stopped by the client", "No more contact")
SUBJECTS = {
	"Asylum procedure": "Beschikking op de asielaanvraag",
	"Regular permit and MVV": "Verlenging verblijfsvergunning",
	"Family reunification": "Nareis van partner en kinderen",
	"Naturalisation and integration": "Naturalisatieverzoek voorbereiden",
	"Debt and collection": "Incasso van achterstallige premie",
	"Benefits": "Bijstand stopgezet na verhuizing",
	"Housing": "Schimmel en overbewoning",
	"Health insurance": "Eigen risico in termijnen betalen",
	"Work": "Loon over de laatste maand niet betaald",
	"Education": "Schooladvies en taalklas",
	"Energy": "Voorschot energie niet te betalen",
}
NOTES = (
	("Note", "Eerste gesprek gehad; verhaal en wensen opgeschreven.", 40),
	("Phone call", "Met de instantie gebeld: stuk is binnen, antwoord volgt binnen twee weken.", 15),
	("Letter", "Brief opgesteld en samen doorgenomen in de eigen taal.", 35),
	("Visit", "Op het spreekuur geweest, ontbrekende papieren meegebracht.", 25),
)
PARTNERS = {"Debt and collection": "Juridisch Loket", "Work": "Leidse Rechtswinkel", "Education": "Leergeld Leiden"}
DEFAULT_PARTNER = "Gilde Samenspraak"


def load(sample) -> None:
	types = frappe.get_all("Case Type", pluck="name", order_by="name")
	kinds = [kind for kind in types for _nth in range(PER_TYPE)]
	sample.random.shuffle(kinds)
	wanted = [(kind, ROUND[nth % len(ROUND)]) for nth, kind in enumerate(kinds)]
	requests = list(sample.made["Help Request for a case"])
	with acting_as(sample.users[CASE_WORKER]):
		cases = [(_open(sample, kind, nth), state) for nth, (kind, state) in enumerate(wanted)]
		for case, state in cases:
			_work(sample, case, state)
		_referrals(sample, [case for case, state in cases if state in ("In Progress", "Waiting for Others")])
	with acting_as(sample.users[COORDINATOR]):
		for case, state in cases:
			_finish(sample, case, state)
	with acting_as(sample.users[FRONT_OFFICE]):
		for request, (case, _state) in zip(requests, cases, strict=False):
			step(request, "Make Case", case=case.name)
	for case, _state in cases:
		_date_back(sample, case)
	sample.made["Case"] = [case for case, _state in cases]


def _open(sample, kind: str, nth: int):
	random = sample.random
	client = sample.made["Client"][nth % len(sample.made["Client"])]
	case = insert(
		"Case",
		subject=SUBJECTS.get(kind, "Hulp bij brieven en regelingen"),
		client=client.name,
		case_type=kind,
		priority=random.choices(("Low", "Normal", "High", "Urgent"), (2, 8, 3, 1))[0],
		opened_on=sample.days_ago(70, 300),
		language=client.preferred_language,
		deputy=sample.users[COORDINATOR] if nth % 6 == 5 else None,
		parties=_parties(sample, kind) if nth % 3 == 0 else [],
	)
	if nth % 4 == 0:
		insert("Client Confidential", client=client.name, residence_status="Regular permit", debts="Niet besproken.")
	return case


def _parties(sample, kind: str) -> list[dict]:
	other = sample.people.person("nl")
	relation = {"Housing": "Landlord", "Work": "Employer"}.get(kind, "Lawyer")
	return [{"party_name": f"{other.first} {other.last}", "relation": relation, "phone": other.phone}]


def _work(sample, case, state: str) -> None:
	"""The worker's part, as far as the state wants."""
	if state == "New":
		return
	step(case, "Start Intake")
	if state == "Intake":
		return
	for kind, text, minutes in sample.random.sample(NOTES, sample.random.randint(1, 3)):
		moment = sample.at(case.opened_on + timedelta(days=sample.random.randint(1, 40)))
		insert("Case Note", case=case.name, kind=kind, text=text, minutes=minutes, noted_on=moment)
	case.reload()
	step(case, "Start Work")
	if state == "Waiting for Others":
		step(case, "Wait for Others")
	if state in ("Closing Requested", "Closed", "Reopened"):
		_deadlines_done(case)
		for row in case.steps:
			row.done = 1
		step(case, "Request Closing", outcome=sample.random.choice(OUTCOMES))
	elif sample.random.random() < 0.6:
		_appointment(sample, case)


def _deadlines_done(case) -> None:
	for name in frappe.get_all("Case Deadline", {"case": case.name, "status": "Open"}, pluck="name"):
		deadline = frappe.get_doc("Case Deadline", name)
		deadline.status = "Done"
		deadline.save()
	case.reload()


def _appointment(sample, case) -> None:
	day = sample.today + timedelta(days=sample.random.randint(1, 20))
	starts = datetime.combine(day, time(sample.random.randint(9, 15)))
	insert(
		"Client Appointment",
		subject="Vervolggesprek",
		client=case.client,
		case=case.name,
		starts_on=starts,
		ends_on=starts + timedelta(minutes=45),
		interpreter=sample.users[LANGUAGE_HELPER] if case.language == "fa" else None,
		language=case.language,
		location="Huis van de Buurt Matilo",
	)


def _finish(sample, case, state: str) -> None:
	"""The coordinator's part: nobody closes a case of their own."""
	if state in ("Closed", "Reopened"):
		case.reload()
		step(case, "Close Case")
	if state == "Reopened":
		step(case, "Reopen")


def _referrals(sample, cases: list) -> None:
	"""One referral in each state, none without the client's consent."""
	text = frappe.get_doc(
		{
			"doctype": "Consent Text",
			"purpose": "Share with a partner",
			"version": "voorbeeld",
			"language": "nl",
			"text": "Ik vind het goed dat LSM deze gegevens met de genoemde organisatie deelt.",
		}
	).insert(ignore_permissions=True)
	walks = (
		("Offered", ()),
		("Accepted", ("Accept",)),
		("In Progress", ("Accept", "Start")),
		("Done", ("Accept", "Start", "Finish")),
		("Refused", ("Refuse",)),
		("Withdrawn", ("Withdraw",)),
	)
	for case, (_state, actions) in zip(cases, walks * 2, strict=False):
		consent = insert(
			"Client Consent",
			client=case.client,
			purpose="Share with a partner",
			consent_text=text.name,
			how_given="Signed on paper",
			share_name=1,
			share_contact=1,
			share_topic=1,
			given_on=sample.days_ago(5, 60),
		)
		referral = insert(
			"Referral",
			partner=PARTNERS.get(case.case_type, DEFAULT_PARTNER),
			case=case.name,
			topic=case.topics[0].topic if case.topics else None,
			consent=consent.name,
			language=case.language,
			referred_on=consent.given_on,
		)
		for action in actions:
			values = {"Finish": {"result": "Helped"}, "Refuse": {"refusal_reason": "No room"}}.get(action, {})
			step(referral, action, **values)


def _date_back(sample, case) -> None:
	"""The steps were all taken today; say when such a case would have been worked on."""
	values = {}
	if case.workflow_state == "Closed":
		asked = min(case.opened_on + timedelta(days=sample.random.randint(25, 60)), sample.today)
		closed = min(asked + timedelta(days=sample.random.randint(1, 9)), sample.today)
		values = {"closing_requested_on": asked, "closed_on": closed}
	set_past(case, sample.at(case.opened_on), **values)
