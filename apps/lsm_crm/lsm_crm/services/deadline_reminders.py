"""Reminders of deadlines, and escalation when it gets late or somebody is away. Runs each morning, and safely again.

The worker is told some working days before. Whoever is away passes it on: to the deputy, then to the coordinator. One working
day before, deputy and coordinator are told in any case. Each is told once for each date.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from lsm_crm.services import desk_notice
from lsm_crm.services.absences import away_on
from lsm_crm.services.working_days import add_working_days

HORIZON = 90  # working days: no reminder comes earlier
PARTS = {"worker": "reminded_on", "deputy": "deputy_told_on", "coordinator": "coordinator_told_on"}


def run(today: str | None = None) -> int:
	"""Tell whoever must know today; return how many notices were made."""
	day = getdate(today or nowdate())
	away = away_on(day)
	escalate = _setting("escalate_days_before", 1)
	count = 0
	for row in _open_deadlines(day):
		for part in _due_parts(row, day, away, escalate):
			_tell(row, part, day)
			count += 1
	return count


def _setting(fieldname: str, default: int) -> int:
	value = frappe.db.get_single_value("LSM Settings", fieldname)
	return default if value is None else int(value)


def _open_deadlines(day: date) -> list[frappe._dict]:
	deadline, case = frappe.qb.DocType("Case Deadline"), frappe.qb.DocType("Case")
	return (
		frappe.qb.from_(deadline)
		.join(case)
		.on(case.name == deadline["case"])
		.select(
			deadline.name,
			deadline.title,
			deadline["case"],
			deadline.due_on,
			deadline.remind_days_before,
			deadline.reminded_on,
			deadline.deputy_told_on,
			deadline.coordinator_told_on,
			case.worker,
			case.deputy,
			case.coordinator,
		)
		.where((deadline.status == "Open") & (deadline.due_on <= add_working_days(day, HORIZON)))
		.where(case.workflow_state != "Closed")
		.orderby(deadline.due_on)
		.run(as_dict=True)
	)


def _due_parts(row: frappe._dict, day: date, away: set[str], escalate: int) -> list[str]:
	"""Which of worker, deputy and coordinator must be told today."""
	if day < add_working_days(row.due_on, -(row.remind_days_before or 0)):
		return []
	parts = ["worker"]
	if not _present(row.worker, away):
		parts.append("deputy")
		if not _present(row.deputy, away):
			parts.append("coordinator")
	if day >= add_working_days(row.due_on, -escalate):
		parts = list(PARTS)
	return [part for part in parts if row[part] and not row[PARTS[part]]]


def _present(user: str | None, away: set[str]) -> bool:
	return bool(user) and user not in away


def _tell(row: frappe._dict, part: str, day: date) -> None:
	def text() -> str:
		late = _("{0} in {1} was due on {2} and is still open.")
		sentence = late if row.due_on < day else _("{0} in {1} is due on {2}.")
		return sentence.format(_(row.title), row["case"], frappe.utils.formatdate(row.due_on))

	desk_notice.tell(row[part], text, "Case", row["case"])
	frappe.db.set_value("Case Deadline", row.name, PARTS[part], day, update_modified=False)
