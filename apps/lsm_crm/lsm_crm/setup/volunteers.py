"""Volunteer roles with what they need, open vacancies, compensation figures, agreement texts, settings."""

import frappe

from lsm_crm.setup.data import read
from lsm_crm.setup.masters import insert_missing


def seed() -> None:
	"""Insert what is missing; what staff changed stays as it is."""
	data = read("volunteers")
	for role in data["roles"]:
		seed_role(role, data)
	for figures in data["compensation"]:
		insert_missing("Compensation Rule", str(figures["year"]), **figures)
	for template in read("agreements")["agreements"]:
		seed_agreement(template)
	seed_vacancies(data["vacancies"])
	seed_settings()


def seed_role(role: dict, data: dict) -> None:
	"""One role with its needs: everyone signs; people who meet visitors or children bring a VOG."""
	needs = [
		_need("Agreement", **data["agreement"]),
		_need("Confidentiality Statement", **data["agreement"]),
		_need("References", "Recent Arrivals", **data["references"]),
		_need("UWV Declaration", "Asylum Seekers", valid_months=36, remind_days=90),
	]
	if role.get("vog"):
		needs.append(_need("VOG", **data["vog"]))
	if role.get("training"):
		needs.append(_need("Training", at_expiry="Tell the Coordinator"))
	insert_missing(
		"Volunteer Role",
		role["en"],
		role_name=role["en"],
		dutch_name=role["nl"],
		works_with_children=int(bool(role.get("vulnerable"))),
		needs=needs,
	)


def seed_agreement(template: dict) -> None:
	"""One text to sign, in every language that we have."""
	texts = [{"language": code, **text} for code, text in template["texts"].items()]
	insert_missing("Agreement Template", template["title"], **{**template, "texts": texts, "version": "1"})


def complete_agreements() -> None:
	"""On a site from before: the languages that a text lacks, and the field that once had another name."""
	for template in read("agreements")["agreements"]:
		if not frappe.db.exists("Agreement Template", template["title"]):
			continue
		doc = frappe.get_doc("Agreement Template", template["title"])
		have = {row.language for row in doc.texts}
		for code, text in template["texts"].items():
			if code not in have:
				doc.append("texts", {"language": code, **text})
		doc.save(ignore_permissions=True)
	if frappe.db.has_column("Volunteer Agreement", "language"):
		table = frappe.qb.DocType("Volunteer Agreement")
		frappe.qb.update(table).set(table.other_language, table.language).where(table.other_language.isnull()).run()


def seed_vacancies(vacancies: list[dict]) -> None:
	"""Once: a vacancy that staff deleted or renamed does not come back."""
	if frappe.db.count("Vacancy"):
		return
	for vacancy in vacancies:
		doc = frappe.get_doc(
			{
				"doctype": "Vacancy",
				"title": vacancy["title"],
				"role": vacancy["role"],
				"body": vacancy["body"],
				"published": 1,
				"texts": [{"language": "nl", **vacancy["nl"]}],
			}
		)
		doc.insert(ignore_permissions=True)


def seed_settings() -> None:
	"""A single document holds its defaults only once it is saved."""
	settings = frappe.get_single("Volunteer Settings")
	if not settings.proof_hours:
		for field in settings.meta.fields:
			if field.default and not settings.get(field.fieldname):
				settings.set(field.fieldname, field.default)
		settings.save(ignore_permissions=True)


def _need(requirement: str, applies_to: str = "Everyone", **values) -> dict:
	return {"requirement": requirement, "applies_to": applies_to, "at_expiry": "Refuse Shifts", **values}
