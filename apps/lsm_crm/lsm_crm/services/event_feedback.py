"""What visitors and parents thought, without their name: one answer for each link, and nothing that leads from it to them."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt, getdate
from pypika.functions import Avg

from lsm_crm.services import expiring_links, notices
from lsm_crm.services.encryption import fingerprint

DAYS_TO_ANSWER = 21
# Parents are asked after the first weeks and then now and again, not after every lesson.
LESSONS_BETWEEN = 6


def ask(event) -> None:
	"""After the event: ask everyone who was there and left an address."""
	for row in frappe.get_all(
		"Event Registration",
		filters={"event": event.name, "status": "Attended"},
		fields=["name", "email", "language"],
	):
		_ask(row.email, row.language, event.title, event, "feedback", row.name, event.ends_on)


def ask_parents(lesson) -> None:
	"""After a lesson: ask the parent of each pupil who has now been to another six."""
	title = frappe.db.get_value("Tutoring Group", lesson.tutoring_group, "title")
	for row in lesson.attendance:
		if row.presence != "Present" or _lessons_of(row.pupil, lesson.tutoring_group) % LESSONS_BETWEEN:
			continue
		email, language = frappe.db.get_value("Pupil", row.pupil, ["guardian_email", "guardian_language"])
		_ask(email, language, title, lesson, "tutoring", row.name, getdate(lesson.ends_on))


def _ask(email: str | None, language: str | None, title: str, about, purpose: str, name: str, day) -> None:
	notices.tell(
		email,
		language,
		lambda: (
			_("How was {0}?").format(title),
			[_("Give a mark and, if you like, a word. We do not see who wrote it.")],
		),
		about=about,
		link=(
			"Say what you think",
			expiring_links.address(purpose, name, last_day=add_days(day, DAYS_TO_ANSWER)),
		),
	)


def _lessons_of(pupil: str, group: str) -> int:
	row, lesson = frappe.qb.DocType("Lesson Attendance"), frappe.qb.DocType("Lesson")
	return len(
		frappe.qb.from_(row)
		.join(lesson)
		.on(row.parent == lesson.name)
		.select(lesson.name)
		.where((row.pupil == pupil) & (row.presence == "Present"))
		.where((lesson.tutoring_group == group) & (lesson.state == "Held"))
		.run()
	)


def page_of(registration: str) -> dict:
	"""The page behind a visitor's link."""
	event = frappe.db.get_value("Event Registration", registration, "event")
	return _page(frappe.db.get_value("LSM Event", event, "title"), registration)


def page_of_parent(attendance: str) -> dict:
	"""The page behind a parent's link, which names the child's place in the lesson."""
	return _page(frappe.db.get_value("Tutoring Group", _group_of(attendance), "title"), attendance)


def _page(title: str, name: str) -> dict:
	return {"title": title, "given": frappe.db.exists("Event Feedback", _key(name))}


def give(registration: str, rating: str, remark: str) -> None:
	"""Store a visitor's answer; a second from the same link replaces it."""
	event = frappe.db.get_value("Event Registration", registration, "event")
	_store(registration, rating, remark, event=event)
	frappe.db.set_value("LSM Event", event, "rating", _mean(event=event), update_modified=False)


def give_as_parent(attendance: str, rating: str, remark: str) -> None:
	"""Store a parent's answer; a second from the same link replaces it."""
	group = _group_of(attendance)
	_store(attendance, rating, remark, tutoring_group=group)
	mean = _mean(tutoring_group=group)
	frappe.db.set_value("Tutoring Group", group, "parents_rating", mean, update_modified=False)


def _group_of(attendance: str) -> str:
	lesson = frappe.db.get_value("Lesson Attendance", attendance, "parent")
	return frappe.db.get_value("Lesson", lesson, "tutoring_group")


def _store(name: str, rating: str, remark: str, **about: str) -> None:
	mark = cint(rating)
	if not 1 <= mark <= 5:
		frappe.throw(_("Choose a mark from 1 to 5."), title=_("Mark"))
	key = _key(name)
	# named by a keyed hash: the row does not say whose it is
	answer = {"rating": mark, "remark": remark}
	if frappe.db.exists("Event Feedback", key):
		doc = frappe.get_doc("Event Feedback", key)
		doc.update(answer)
		doc.save(ignore_permissions=True)
	else:
		doc = frappe.get_doc({"doctype": "Event Feedback", **about, **answer})
		doc.insert(ignore_permissions=True, set_name=key)


def _key(name: str) -> str:
	return fingerprint(f"feedback|{name}")[:20]


def _mean(**about: str) -> float:
	((field, name),) = about.items()
	table = frappe.qb.DocType("Event Feedback")
	return flt(frappe.qb.from_(table).select(Avg(table.rating)).where(table[field] == name).run()[0][0], 1)
