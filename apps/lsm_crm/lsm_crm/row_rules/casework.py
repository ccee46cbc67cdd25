"""Row rules of casework: a case worker sees the cases they work on or stand in for, and what hangs on those."""

import frappe
from frappe.query_builder import DocType
from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule


@row_rule("own_cases")
def own_cases(table, user: str) -> Criterion:
	"""Cases that the user works on or stands in for."""
	return (table.worker == user) | (table.deputy == user)


def _names_of_own_cases(user: str):
	case = DocType("Case")
	return frappe.qb.from_(case).select(case.name).where(own_cases(case, user))


def _clients_of_own_cases(user: str):
	case = DocType("Case")
	return frappe.qb.from_(case).select(case.client).where(own_cases(case, user))


@row_rule("own_clients")
def own_clients(table, user: str) -> Criterion:
	"""Clients of own cases, and one just entered until the first case says who works on it."""
	case = DocType("Case")
	with_a_case = frappe.qb.from_(case).select(case.client)
	return table.name.isin(_clients_of_own_cases(user)) | ((table.owner == user) & table.name.notin(with_a_case))


@row_rule("of_own_clients")
def of_own_clients(table, user: str) -> Criterion:
	"""Records about a client whom the user may see."""
	client = DocType("Client")
	return table.client.isin(frappe.qb.from_(client).select(client.name).where(own_clients(client, user)))


@row_rule("confidential_of_own_cases")
def confidential_of_own_cases(table, user: str) -> Criterion:
	"""Confidential records of clients in cases that the user works on, stands in for or approves."""
	case = DocType("Case")
	clients = frappe.qb.from_(case).select(case.client).where(own_cases(case, user) | (case.coordinator == user))
	return table.client.isin(clients)


@row_rule("households_of_own_clients")
def households_of_own_clients(table, user: str) -> Criterion:
	"""Households in which a client of the user lives, and those the user entered."""
	client = DocType("Client")
	lived_in = (
		frappe.qb.from_(client).select(client.household).where(own_clients(client, user) & client.household.isnotnull())
	)
	heads = frappe.qb.from_(client).select(client.name).where(own_clients(client, user))
	return table.name.isin(lived_in) | table.head.isin(heads)


@row_rule("papers_of_own_cases")
def papers_of_own_cases(table, user: str) -> Criterion:
	"""Notes, papers, letters and deadlines of own cases."""
	return table["case"].isin(_names_of_own_cases(user))


@row_rule("papers_coordinator_reads")
def papers_coordinator_reads(table, user: str) -> Criterion:
	"""All papers but those of restricted cases in which the coordinator has no part."""
	case = DocType("Case")
	readable = (
		frappe.qb.from_(case)
		.select(case.name)
		.where((case.confidentiality != "Restricted") | own_cases(case, user) | (case.coordinator == user))
	)
	return table["case"].isin(readable)


@row_rule("open_or_own_requests")
def open_or_own_requests(table, user: str) -> Criterion:
	"""What the front office still has to answer, and what the person entered or helped with."""
	return (table.workflow_state == "Open") | (table.volunteer == user) | (table.owner == user)


@row_rule("requests_of_own_cases")
def requests_of_own_cases(table, user: str) -> Criterion:
	"""The same, and what became an own case or is about an own client."""
	return (
		open_or_own_requests(table, user)
		| table["case"].isin(_names_of_own_cases(user))
		| table.client.isin(_clients_of_own_cases(user))
	)


@row_rule("own_appointments")
def own_appointments(table, user: str) -> Criterion:
	"""Appointments one has oneself, interprets at, or that belong to own cases."""
	return (table.worker == user) | (table.interpreter == user) | table["case"].isin(_names_of_own_cases(user))


@row_rule("appointments_to_interpret")
def appointments_to_interpret(table, user: str) -> Criterion:
	"""Appointments that the user interprets at."""
	return table.interpreter == user


@row_rule("own_referrals")
def own_referrals(table, user: str) -> Criterion:
	"""Referrals one made, and those of own cases."""
	return (table.worker == user) | table["case"].isin(_names_of_own_cases(user))


@row_rule("own_nameless_referrals")
def own_nameless_referrals(table, user: str) -> Criterion:
	"""Referrals that the front office made without naming a person."""
	return (table.owner == user) & (table.client.isnull() | (table.client == ""))
