"""Keeping records no longer than needed: rules per kind of record, run every night in batches that survive being killed."""

import frappe
from frappe.utils import add_months, now_datetime

from lsm_crm.services import erasure, personal_data

BATCH = 100
MOST_A_NIGHT = 20_000


def due(rule) -> list[str]:
	"""Names of records whose term is over and that no legal hold keeps."""
	return [name for name in _over(rule) if not _held(rule.document_type, name)]


def _over(rule) -> list[str]:
	table = frappe.qb.DocType(rule.document_type)
	column = table[rule.date_field]
	query = frappe.qb.from_(table).select(table.name).where(column < add_months(now_datetime(), -rule.months))
	if rule.only_when and frappe.get_meta(rule.document_type).has_field("workflow_state"):
		query = query.where(table.workflow_state == rule.only_when)
	if rule.action != "Delete":
		query = query.where(table.name.not_like("ERASED-%"))
	if rule.action == "Anonymise":
		done = _done(rule)
		if done:
			query = query.where(column > done)
	return query.orderby(column).limit(MOST_A_NIGHT).run(pluck=True)


def run() -> dict[str, int]:
	"""Every active rule; {DocType: number handled}. Each batch is committed, so a killed run goes on the next night."""
	handled = {}
	whole = {"enabled": 1, "document_type": ("is", "set"), "date_field": ("is", "set")}
	for name in frappe.get_all("Retention Rule", filters=whole, pluck="name"):
		rule = frappe.get_doc("Retention Rule", name)
		handled[rule.document_type] = apply(rule)
	return handled


def apply(rule) -> int:
	over = _over(rule)
	names = [name for name in over if not _held(rule.document_type, name)]
	for start in range(0, len(names), BATCH):
		for name in names[start : start + BATCH]:
			ACTIONS[rule.action](rule, name)
		frappe.db.commit()
	values = {"last_run": now_datetime(), "last_number": len(names)}
	frappe.db.set_value("Retention Rule", rule.name, values, update_modified=False)
	if rule.action == "Anonymise" and len(names) == len(over) < MOST_A_NIGHT:
		# what is emptied need not be emptied again; while a hold keeps one, all are looked at anew
		frappe.db.set_default(_mark(rule), str(add_months(now_datetime(), -rule.months)))
	frappe.db.commit()
	return len(names)


def _erase_person(rule, name: str) -> None:
	erasure.erase(rule.document_type, name)


def _anonymise(rule, name: str) -> None:
	erasure.remove_copies(rule.document_type, name)
	erasure.remove_files(rule.document_type, name)
	erasure.anonymise(rule.document_type, name)


def _delete(rule, name: str) -> None:
	erasure.remove_copies(rule.document_type, name)
	erasure.remove_files(rule.document_type, name)
	erasure.delete_rows(rule.document_type, name)


ACTIONS = {"Erase Person": _erase_person, "Anonymise": _anonymise, "Delete": _delete}


def _mark(rule) -> str:
	return f"lsm_retention_{frappe.scrub(rule.document_type)}"


def _done(rule) -> str | None:
	# not by get_default, whose cache another process may have filled a moment before this was written
	return frappe.db.get_value("DefaultValue", {"defkey": _mark(rule), "parent": "__default"}, "defvalue")


def _held(doctype: str, name: str) -> bool:
	return any(erasure.is_held(*subject) for subject in personal_data.subjects_of(doctype, [name]))
