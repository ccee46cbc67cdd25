"""Row rules of this module; see the package for their form."""

import frappe
from frappe.query_builder import DocType
from pypika.terms import Criterion

from lsm_crm.row_rules import row_rule


def _names_led_by(doctype: str, user: str):
	table = DocType(doctype)
	return frappe.qb.from_(table).select(table.name).where(table.lead == user)


def _listed_in(child: str, field: str, parent: str, user: str):
	"""Whom the rows `child` of the person's own documents of type `parent` name in `field`."""
	row = DocType(child)
	return (
		frappe.qb.from_(row)
		.select(row[field])
		.where((row.parenttype == parent) & row.parent.isin(_names_led_by(parent, user)))
	)


@row_rule("led_by_me")
def led_by_me(table, user: str) -> Criterion:
	"""What the person leads."""
	return table.lead == user


@row_rule("worker_is_me")
def worker_is_me(table, user: str) -> Criterion:
	"""What the person works on."""
	return table.worker == user


@row_rule("events_of_mine")
def events_of_mine(table, user: str) -> Criterion:
	"""Events that the person leads or is in the team of."""
	member = DocType("Event Team Member")
	mine = (
		frappe.qb.from_(member).select(member.parent).where((member.user == user) & (member.parenttype == "LSM Event"))
	)
	return (table.lead == user) | table.name.isin(mine)


@row_rule("registrations_of_my_events")
def registrations_of_my_events(table, user: str) -> Criterion:
	"""Who comes to an event that the person leads."""
	return table.event.isin(_names_led_by("LSM Event", user))


@row_rule("feedback_on_mine")
def feedback_on_mine(table, user: str) -> Criterion:
	"""What visitors and parents thought of an event or a tutoring group that the person leads."""
	return table.event.isin(_names_led_by("LSM Event", user)) | table.tutoring_group.isin(
		_names_led_by("Tutoring Group", user)
	)


@row_rule("seniors_of_my_activities")
def seniors_of_my_activities(table, user: str) -> Criterion:
	"""Seniors who signed up for an activity that the person leads."""
	return table.senior_activity.isin(_names_led_by("Senior Activity", user))


@row_rule("pupils_of_my_groups")
def pupils_of_my_groups(table, user: str) -> Criterion:
	"""Pupils the person looks after, and those in groups that the person leads."""
	return (table.lead == user) | table.name.isin(_listed_in("Tutoring Group Pupil", "pupil", "Tutoring Group", user))


@row_rule("children_of_my_days")
def children_of_my_days(table, user: str) -> Criterion:
	"""Children the person looks after, and those who visit a day that the person leads."""
	return (table.lead == user) | table.name.isin(_listed_in("Kidsoase Visit", "child", "Kidsoase Day", user))


@row_rule("translations_i_asked_for")
def translations_i_asked_for(table, user: str) -> Criterion:
	"""Requests of the person."""
	return table.requester == user


@row_rule("translations_i_work_on")
def translations_i_work_on(table, user: str) -> Criterion:
	"""Requests that the person translates, interprets or reads a second time; done ones stay as a record of one's own work."""
	return ((table.translator == user) | (table.second_reader == user)) & table.status.isin(
		("Assigned", "In Progress", "Second Reading", "Delivered")
	)


@row_rule("texts_i_asked_for")
def texts_i_asked_for(table, user: str) -> Criterion:
	"""Words of the person's own requests."""
	request = DocType("Translation Request")
	asked = frappe.qb.from_(request).select(request.name).where(request.requester == user)
	return table.translation_request.isin(asked)


@row_rule("texts_i_work_on")
def texts_i_work_on(table, user: str) -> Criterion:
	"""Words of requests that the person is working on; they close when the work is delivered."""
	request = DocType("Translation Request")
	working = (
		frappe.qb.from_(request)
		.select(request.name)
		.where(
			((request.translator == user) | (request.second_reader == user))
			& request.status.isin(("Assigned", "In Progress", "Second Reading"))
		)
	)
	return table.translation_request.isin(working)
