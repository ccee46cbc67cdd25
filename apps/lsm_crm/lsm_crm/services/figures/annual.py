"""Figures of an annual report: what each counts, its value for a year, and the records behind it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Date
from frappe.utils import flt

from lsm_crm.services.figures.suppression import FEWEST

Counted = tuple[int, list[str]]  # the value and the names of the records behind it


@dataclass(frozen=True)
class Definition:
	"""One figure of an annual report, in both languages; without `count` it is entered by hand."""

	key: str
	label_en: str
	label_nl: str
	definition_en: str
	definition_nl: str
	record_type: str
	count: Callable[[date, date], Counted] | None
	of_people: bool = False  # small numbers of people are not shown


def requests_handled(first: date, last: date) -> Counted:
	table = DocType("Help Request")
	names = frappe.qb.from_(table).select(table.name).where(table.request_date[first:last]).run(pluck=True)
	return len(names), names


def _lessons_held(first: date, last: date):
	lesson = DocType("Lesson")
	return (
		frappe.qb.from_(lesson).where(lesson.state == "Held").where(Date(lesson.starts_on)[first:last]),
		lesson,
	)


def pupils_helped(first: date, last: date) -> Counted:
	query, lesson = _lessons_held(first, last)
	row = DocType("Lesson Attendance")
	query = query.inner_join(row).on((row.parent == lesson.name) & (row.parenttype == "Lesson"))
	names = query.select(row.pupil).distinct().where(row.presence == "Present").run(pluck=True)
	return len(names), names


def tutors(first: date, last: date) -> Counted:
	query, lesson = _lessons_held(first, last)
	row = DocType("Lesson Adult")
	query = query.inner_join(row).on((row.parent == lesson.name) & (row.parenttype == "Lesson"))
	names = query.select(row.user).distinct().where((row.task == "Tutor") & (row.present == 1)).run(pluck=True)
	return len(names), names


def pupils_referred(first: date, last: date) -> Counted:
	pupil, referral = DocType("Pupil"), DocType("Referral")
	names = (
		frappe.qb.from_(pupil)
		.inner_join(referral)
		.on(referral.name == pupil.referral)
		.select(pupil.name)
		.distinct()
		.where(referral.referred_on[first:last])
		.run(pluck=True)
	)
	return len(names), names


def volunteers_so_far(first: date, last: date) -> Counted:
	table = DocType("Volunteer")
	names = frappe.qb.from_(table).select(table.name).where(table.active_since <= last).run(pluck=True)
	return len(names), names


def cases_opened(first: date, last: date) -> Counted:
	table = DocType("Case")
	names = frappe.qb.from_(table).select(table.name).where(table.opened_on[first:last]).run(pluck=True)
	return len(names), names


def cases_closed(first: date, last: date) -> Counted:
	table = DocType("Case")
	query = frappe.qb.from_(table).select(table.name).where(table.closed_on[first:last])
	names = query.where(table.workflow_state == "Closed").run(pluck=True)
	return len(names), names


def hours_given(first: date, last: date) -> Counted:
	table = DocType("Hours Entry")
	query = frappe.qb.from_(table).select(table.name, table.hours).where(table.day[first:last])
	rows = query.where(table.state == "Approved").run()
	return round(sum(flt(hours) for _name, hours in rows)), [name for name, _hours in rows]


def events_held(first: date, last: date) -> Counted:
	table = DocType("LSM Event")
	query = frappe.qb.from_(table).select(table.name).where(Date(table.starts_on)[first:last])
	names = query.where(table.workflow_state == "Completed").run(pluck=True)
	return len(names), names


def portions_served(first: date, last: date) -> Counted:
	order, row = DocType("Catering Order"), DocType("Order Dish")
	rows = (
		frappe.qb.from_(order)
		.inner_join(row)
		.on((row.parent == order.name) & (row.parenttype == "Catering Order"))
		.select(order.name, row.portions)
		.where(order.workflow_state.isin(("Delivered", "Settled")))
		.where(order.delivery_date[first:last])
		.run()
	)
	return sum(portions for _name, portions in rows), sorted({name for name, _portions in rows})


DEFINITIONS = (
	Definition(
		"help-requests",
		"Help requests handled",
		"Behandelde hulpvragen",
		"Help requests asked in the year, at the walk-in hour, by phone or in writing. Requests, not people.",
		"Hulpvragen die in het jaar zijn gesteld, op het inloopspreekuur, telefonisch of schriftelijk. Vragen, geen personen.",
		"Help Request",
		requests_handled,
	),
	Definition(
		"pupils",
		"Children helped by Onderwijsbrug",
		"Kinderen geholpen door de Onderwijsbrug",
		"Different children who were present at one or more lessons held in the year.",
		"Verschillende kinderen die in het jaar bij een of meer gegeven lessen waren.",
		"Pupil",
		pupils_helped,
		of_people=True,
	),
	Definition(
		"tutors",
		"Volunteers giving Onderwijsbrug lessons",
		"Vrijwilligers die les gaven bij de Onderwijsbrug",
		"Different volunteers who gave one or more lessons in the year.",
		"Verschillende vrijwilligers die in het jaar een of meer lessen gaven.",
		"User",
		tutors,
		of_people=True,
	),
	Definition(
		"pupils-referred",
		"Children referred on",
		"Doorverwezen kinderen",
		"Pupils whose needs went beyond tutoring and who were referred to a partner in the year.",
		"Leerlingen die meer nodig hadden dan bijles en in het jaar naar een partner zijn doorverwezen.",
		"Pupil",
		pupils_referred,
		of_people=True,
	),
	Definition(
		"volunteers-so-far",
		"Volunteers since the start",
		"Vrijwilligers sinds het begin",
		"Volunteers attracted from the start of the foundation until the end of the year. Not a count of one year: entered by hand.",
		"Vrijwilligers vanaf het begin van de stichting tot het einde van het jaar. Geen telling van één jaar: met de hand ingevuld.",
		"Volunteer",
		None,
		of_people=True,
	),
	Definition(
		"cases-opened",
		"Cases opened",
		"Geopende zaken",
		"Cases opened in the year.",
		"Zaken die in het jaar zijn geopend.",
		"Case",
		cases_opened,
		of_people=True,
	),
	Definition(
		"cases-closed",
		"Cases closed",
		"Gesloten zaken",
		"Cases closed in the year and still closed.",
		"Zaken die in het jaar zijn gesloten en nog gesloten zijn.",
		"Case",
		cases_closed,
		of_people=True,
	),
	Definition(
		"hours",
		"Hours given by volunteers",
		"Uren van vrijwilligers",
		"Approved hours of the year, rounded to whole hours.",
		"Goedgekeurde uren van het jaar, afgerond op hele uren.",
		"Hours Entry",
		hours_given,
	),
	Definition(
		"events",
		"Events held",
		"Gehouden bijeenkomsten",
		"Events that took place in the year.",
		"Bijeenkomsten die in het jaar plaatsvonden.",
		"LSM Event",
		events_held,
	),
	Definition(
		"portions",
		"Portions served by the catering",
		"Porties van de sociale catering",
		"Portions of all orders delivered in the year.",
		"Porties van alle bestellingen die in het jaar zijn bezorgd.",
		"Catering Order",
		portions_served,
	),
)
BY_KEY = {definition.key: definition for definition in DEFINITIONS}


def shown(definition: Definition, value: int) -> str:
	"""The value as the report shows it: small numbers of people are not told."""
	if definition.of_people and 0 < value < FEWEST:
		return "< 5"
	return str(value)


def store_source(report: str, definition: Definition, counted: Counted) -> None:
	"""Keep the exact value and the records behind it, where only the coordinator may look."""
	value, names = counted
	name = f"{report}-{definition.key}"
	if frappe.db.exists("Annual Report Source", name):
		source = frappe.get_doc("Annual Report Source", name)
	else:
		source = frappe.new_doc("Annual Report Source", annual_report=report, figure=definition.key)
	text = json.dumps(sorted(names), ensure_ascii=False)
	source.update(
		{
			"value": value,
			"record_type": definition.record_type,
			"record_count": len(names),
			"record_names": text,
			"digest": hashlib.sha256(text.encode()).hexdigest(),
		}
	)
	source.save(ignore_permissions=True)


def fill(report) -> None:
	"""Count every figure of the report's year anew, and keep the records behind each."""
	if report.status == "Closed":
		frappe.throw(_("The year {0} is closed: its figures stay as they are.").format(report.year))
	first, last = date(report.year, 1, 1), date(report.year, 12, 31)
	rows = {row.figure: row for row in report.figures}
	for definition in DEFINITIONS:
		row = rows.get(definition.key) or report.append("figures", {"figure": definition.key, "in_print": 1})
		row.update(
			{
				"label_nl": row.label_nl or definition.label_nl,
				"label_en": row.label_en or definition.label_en,
				"definition_nl": definition.definition_nl,
				"definition_en": definition.definition_en,
				"kind": "Counted" if definition.count else "Entered",
			}
		)
		if definition.count:
			counted = definition.count(first, last)
			store_source(report.name, definition, counted)
			row.shown_value = shown(definition, counted[0])


def recount_open() -> None:
	"""Count the figures of every open year's report again."""
	for name in frappe.get_all("Annual Report", filters={"status": "Open", "year": (">", 0)}, pluck="name"):
		frappe.get_doc("Annual Report", name).count_figures()
