"""Senior activities: places, being told, and a friendly call to someone who stays away."""

import frappe
from frappe import _
from frappe.utils import format_date, getdate, now_datetime
from pypika.functions import Count

from lsm_crm.exceptions import NoSeniorPlaceError
from lsm_crm.services import notices

ABSENCES_BEFORE_A_CALL = 2


def taking_part(activity: str) -> list[str]:
	"""Names of the registrations of everyone who takes part."""
	return frappe.get_all(
		"Senior Registration",
		filters={"senior_activity": activity, "status": "Taking Part"},
		order_by="person_name",
		pluck="name",
	)


def give_place(registration) -> None:
	"""Check a place: the activity is open, and no more take part than fit; two people at once are asked in turn."""
	before = registration.get_doc_before_save()
	if before and before.status == registration.status:
		return
	activity = frappe.db.get_value(
		"Senior Activity",
		registration.senior_activity,
		["title", "workflow_state", "capacity"],
		as_dict=True,
		for_update=True,
	)
	if not activity:
		return  # the framework says that there is none
	if registration.status in ("Applied", "Waiting", "Taking Part") and activity.workflow_state not in (
		"Published",
		"Running",
	):
		raise NoSeniorPlaceError(_("One cannot sign up for {0} now.").format(activity.title))
	if registration.status == "Taking Part" and activity.capacity and _count(registration) >= activity.capacity:
		raise NoSeniorPlaceError(
			_("{0} is full with {1} people: put the person on the waiting list.").format(
				activity.title, activity.capacity
			)
		)


def _count(registration) -> int:
	table = frappe.qb.DocType("Senior Registration")
	rows = (
		frappe.qb.from_(table)
		.select(Count("*"))
		.where((table.senior_activity == registration.senior_activity) & (table.status == "Taking Part"))
		.where(table.name != (registration.name or ""))
		.for_update()
	).run()
	return rows[0][0]


def follow_absences(session) -> None:
	"""Count how often each person in a row stayed away without a word; at the second time ask the lead to call."""
	for row in session.attendance:
		away = _absences_in_a_row(row.sign_up)
		values: dict[str, object] = {"absences_in_a_row": away}
		doc = frappe.get_doc("Senior Registration", row.sign_up)
		if away >= ABSENCES_BEFORE_A_CALL and not doc.follow_up_since:
			values["follow_up_since"] = getdate()
			_ask_for_a_call(doc, session)
		elif not away:
			values["follow_up_since"] = None
		doc.db_set(values, update_modified=False)


def _absences_in_a_row(sign_up: str) -> int:
	row, session = frappe.qb.DocType("Senior Attendance"), frappe.qb.DocType("Senior Session")
	past = (
		frappe.qb.from_(row)
		.join(session)
		.on(row.parent == session.name)
		.select(row.presence)
		.where((row.sign_up == sign_up) & (session.state == "Held"))
		.orderby(session.starts_on, order=frappe.qb.desc)
		.limit(10)
	).run()
	away = 0
	for (presence,) in past:
		if presence != "Absent":
			break
		away += 1
	return away


def _ask_for_a_call(registration, session) -> None:
	todo = frappe.get_doc(
		{
			"doctype": "ToDo",
			"allocated_to": session.lead,
			"reference_type": "Senior Registration",
			"reference_name": registration.name,
			"date": getdate(),
			"description": _("Someone stayed away twice from {0}. A friendly call?").format(
				frappe.db.get_value("Senior Activity", session.senior_activity, "title")
			),
		}
	)
	todo.insert(ignore_permissions=True)


def tell_cancelled(activity) -> None:
	"""Tell everyone who signed up, and free the rooms of sessions to come."""
	if activity.told_on:
		return
	going = frappe.get_all(
		"Senior Registration",
		filters={"senior_activity": activity.name, "status": ("!=", "Stopped")},
		fields=["name", "email", "language"],
	)
	notices.tell_cancelled(
		going,
		activity,
		lambda: _("{0} from {1} does not take place.").format(activity.title, format_date(activity.starts_on)),
	)
	session = frappe.qb.DocType("Senior Session")
	frappe.qb.update(session).set(session.state, "Cancelled").where(
		(session.senior_activity == activity.name) & (session.state == "Planned")
	).run()
	activity.db_set("told_on", now_datetime(), update_modified=False)


def figures(year: int) -> list[dict]:
	"""What funders ask, per area: distinct people, sessions, hours and satisfaction; no person's data."""
	rows = frappe.db.sql(
		"""
		select activity.area as area, count(distinct session.name) as sessions,
			count(distinct case when row.presence = 'Present' then row.sign_up end) as people,
			sum(case when row.presence = 'Present' then 1 else 0 end) as visits
		from `tabSenior Session` session
		join `tabSenior Activity` activity on activity.name = session.senior_activity
		left join `tabSenior Attendance` row on row.parent = session.name and row.parenttype = 'Senior Session'
		where session.state = 'Held' and session.starts_on >= %(first)s and session.starts_on < %(next)s
		group by activity.area order by activity.area""",
		{"first": f"{year}-01-01", "next": f"{year + 1}-01-01"},
		as_dict=True,
	)
	hours = dict(
		frappe.db.sql(
			"""
			select activity.area, sum(timestampdiff(minute, session.starts_on, session.ends_on)) / 60
			from `tabSenior Session` session
			join `tabSenior Activity` activity on activity.name = session.senior_activity
			where session.state = 'Held' and session.starts_on >= %(first)s and session.starts_on < %(next)s
			group by activity.area""",
			{"first": f"{year}-01-01", "next": f"{year + 1}-01-01"},
		)
	)
	ratings = dict(
		frappe.db.sql(
			"""
			select activity.area, avg(nullif(session.satisfaction, 0))
			from `tabSenior Session` session
			join `tabSenior Activity` activity on activity.name = session.senior_activity
			where session.state = 'Held' and session.starts_on >= %(first)s and session.starts_on < %(next)s
			group by activity.area""",
			{"first": f"{year}-01-01", "next": f"{year + 1}-01-01"},
		)
	)
	return [{**row, "hours": hours.get(row.area), "satisfaction": ratings.get(row.area)} for row in rows]
