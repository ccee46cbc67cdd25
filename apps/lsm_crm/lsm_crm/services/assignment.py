"""Who could take a case: by language, topic and present load, each with the reasons in words."""

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Count
from frappe.utils import nowdate

from lsm_crm.constants import CASE_WORKER
from lsm_crm.services import conflicts
from lsm_crm.services.absences import away_on

LANGUAGE, TOPIC, KNOWS_CLIENT = 3.0, 2.0, 1.0
ENOUGH_CASES = 5  # finished cases of the type after which more make no difference
LIMIT = 10


def suggest(case: Document) -> list[dict]:
	"""Workers, the best first: [{"user", "full_name", "open_cases", "score", "reasons", "fits"}]. Who may not is not in it."""
	workers = _workers()
	against = conflicts.find_all([user for user, _name in workers], case.client, list(case.parties))
	open_cases, finished, earlier = _loads(), _finished(case.case_type), _earlier(case.client)
	spoken = _languages()
	away = away_on(nowdate())
	most = frappe.db.get_single_value("LSM Settings", "max_open_cases") or 15
	found: list[dict[str, Any]] = []
	for user, full_name in workers:
		if user in away or against[user]:
			continue
		reasons = []
		score = -4.0 * open_cases[user] / most
		if case.language and case.language in spoken.get(user, ()):
			score += LANGUAGE
			reasons.append(_("speaks the client's language"))
		if finished[user]:
			score += TOPIC * min(finished[user], ENOUGH_CASES) / ENOUGH_CASES
			reasons.append(_("finished {0} cases of this type").format(finished[user]))
		if user in earlier:
			score += KNOWS_CLIENT
			reasons.append(_("knows this client"))
		reasons.append(_("{0} open cases").format(open_cases[user]))
		if open_cases[user] >= most:
			reasons.append(_("that is as many as one person can carry"))
		found.append(
			{
				"user": user,
				"full_name": full_name,
				"open_cases": open_cases[user],
				"score": round(score, 2),
				"reasons": reasons,
			}
		)
	return sorted(found, key=lambda row: (-row["score"], row["full_name"]))[:LIMIT]


def _workers() -> list[tuple[str, str]]:
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(role)
		.on((role.parent == user.name) & (role.parenttype == "User"))
		.select(user.name, user.full_name)
		.where((role.role == CASE_WORKER) & (user.enabled == 1))
		.run()
	)


def _loads() -> Counter:
	case = frappe.qb.DocType("Case")
	rows = (
		frappe.qb.from_(case)
		.select(case.worker, Count("*"))
		.where((case.workflow_state != "Closed") & case.worker.isnotnull())
		.groupby(case.worker)
		.run()
	)
	return Counter(dict(rows))


def _finished(case_type: str) -> Counter:
	case = frappe.qb.DocType("Case")
	rows = (
		frappe.qb.from_(case)
		.select(case.worker, Count("*"))
		.where((case.workflow_state == "Closed") & (case.case_type == case_type) & case.worker.isnotnull())
		.groupby(case.worker)
		.run()
	)
	return Counter(dict(rows))


def _earlier(client: str) -> set[str]:
	case = frappe.qb.DocType("Case")
	return set(frappe.qb.from_(case).select(case.worker).distinct().where(case.client == client).run(pluck=True))


def _languages() -> dict[str, set[str]]:
	volunteer, row = frappe.qb.DocType("Volunteer"), frappe.qb.DocType("Volunteer Language")
	found: dict[str, set[str]] = {}
	for user, language in (
		frappe.qb.from_(volunteer)
		.join(row)
		.on((row.parent == volunteer.name) & (row.parenttype == "Volunteer"))
		.select(volunteer.user, row.language)
		.where(volunteer.user.isnotnull())
		.run()
	):
		found.setdefault(user, set()).add(language)
	return found
