"""What is counted: each figure as one query with a row for every record (and person) that counts.

A row says on which day, by what it can be split (`topic`, `language`, `area`, `mode`, `kind`), how much it adds (`amount`) and
who stands behind it (`person`; null where nobody is named, and then each unit counts as somebody else). The roll-up sums
exactly these rows, so it equals the plain SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Date
from pypika.terms import Field, NullValue, Term, ValueWrapper

Query = Callable[[], Any]  # a query of the builder

SPLITS = ("topic", "language", "area", "mode", "kind")
NULL = NullValue()
ONE = ValueWrapper(1)


@dataclass(frozen=True)
class Source:
	"""One figure: its name in Daily Figure, where it comes from, what its `kind` is."""

	figure: str
	doctype: str
	rows: Query
	kind_label: str = ""
	kind_doctype: str = ""  # where the kinds' Dutch names stand


def _columns(day, amount, person, **splits) -> list[Term]:
	named = [splits.get(name, NULL).as_(name) for name in SPLITS]
	return [day.as_("day"), *named, amount.as_("amount"), person.as_("person")]


def help_requests():
	"""Requests, by the day on which they were asked and by their first topic; a referral or a case made of one changes nothing."""
	table = DocType("Help Request")
	return frappe.qb.from_(table).select(
		*_columns(
			table.request_date,
			ONE,
			table.client,
			topic=table.main_topic,
			language=table.language,
			area=table.area,
			mode=Field("mode", table=table),
			kind=table.channel,
		)
	)


def cases_opened():
	table = DocType("Case")
	return frappe.qb.from_(table).select(
		*_columns(table.opened_on, ONE, table.client, language=table.language, kind=table.case_type)
	)


def cases_closed():
	table = DocType("Case")
	return (
		frappe.qb.from_(table)
		.select(*_columns(table.closed_on, ONE, table.client, language=table.language, kind=table.outcome))
		.where(table.workflow_state == "Closed")
	)


def referrals():
	table = DocType("Referral")
	return (
		frappe.qb.from_(table)
		.select(
			*_columns(
				table.referred_on, ONE, table.client, topic=table.topic, language=table.language, kind=table.partner
			)
		)
		.where(table.workflow_state != "Withdrawn")
	)


def volunteer_hours():
	table = DocType("Hours Entry")
	return (
		frappe.qb.from_(table)
		.select(*_columns(table.day, table.hours, table.volunteer, kind=table.role))
		.where(table.state == "Approved")
	)


def event_visitors():
	"""Heads counted at events that took place; nobody is named, so each head is somebody."""
	table = DocType("LSM Event")
	return (
		frappe.qb.from_(table)
		.select(*_columns(Date(table.starts_on), table.head_count, NULL, area=table.area, kind=table.event_type))
		.where(table.workflow_state == "Completed")
		.where(table.head_count > 0)
	)


def lessons():
	"""Pupils present at lessons that were held: one for each pupil and lesson."""
	lesson, row, group = DocType("Lesson"), DocType("Lesson Attendance"), DocType("Tutoring Group")
	return (
		frappe.qb.from_(lesson)
		.inner_join(row)
		.on((row.parent == lesson.name) & (row.parenttype == "Lesson"))
		.left_join(group)
		.on(group.name == lesson.tutoring_group)
		.select(
			*_columns(
				Date(lesson.starts_on),
				ONE,
				row.pupil,
				area=group.area,
				mode=Field("mode", table=lesson),
				kind=group.subject,
			)
		)
		.where(lesson.state == "Held")
		.where(row.presence == "Present")
	)


def senior_visits():
	session, row, activity = DocType("Senior Session"), DocType("Senior Attendance"), DocType("Senior Activity")
	return (
		frappe.qb.from_(session)
		.inner_join(row)
		.on((row.parent == session.name) & (row.parenttype == "Senior Session"))
		.left_join(activity)
		.on(activity.name == session.senior_activity)
		.select(*_columns(Date(session.starts_on), ONE, row.sign_up, area=activity.area, language=activity.language))
		.where(session.state == "Held")
		.where(row.presence == "Present")
	)


def energy_intakes():
	table = DocType("Energy Intake")
	return frappe.qb.from_(table).select(*_columns(table.intake_date, ONE, NULL, area=table.area, kind=table.tenure))


def catering_portions():
	"""Portions of orders that were delivered."""
	order, row = DocType("Catering Order"), DocType("Order Dish")
	return (
		frappe.qb.from_(order)
		.inner_join(row)
		.on((row.parent == order.name) & (row.parenttype == "Catering Order"))
		.select(*_columns(order.delivery_date, row.portions, NULL, kind=order.customer_kind))
		.where(order.workflow_state.isin(("Delivered", "Settled")))
	)


SOURCES = (
	Source("Help Requests", "Help Request", help_requests, "How it came in"),
	Source("Cases Opened", "Case", cases_opened, "Case Type", "Case Type"),
	Source("Cases Closed", "Case", cases_closed, "Outcome"),
	Source("Referrals", "Referral", referrals, "Partner", "Partner Organisation"),
	Source("Volunteer Hours", "Hours Entry", volunteer_hours, "Role", "Volunteer Role"),
	Source("Event Visitors", "LSM Event", event_visitors, "Event Type", "Event Type"),
	Source("Lessons", "Lesson", lessons, "Subject", "Tutoring Subject"),
	Source("Senior Visits", "Senior Session", senior_visits),
	Source("Energy Intakes", "Energy Intake", energy_intakes, "Home"),
	Source("Catering Portions", "Catering Order", catering_portions, "Customer"),
)
BY_FIGURE = {source.figure: source for source in SOURCES}
FIGURES = tuple(BY_FIGURE)
