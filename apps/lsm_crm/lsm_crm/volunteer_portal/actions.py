"""What a volunteer does in the portal: each action checks that what it names is theirs, then calls a service.

An action returns the page to go to. A sentence that a service throws is shown on the same page, with what was typed.
"""

import hmac

import frappe
from frappe import _
from frappe.utils import cint, date_diff, flt, getdate, now_datetime, today
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from lsm_crm.public_site import response
from lsm_crm.public_site.languages import SiteLanguage
from lsm_crm.services import agreements, calendar_feed, shift_places, workflow
from lsm_crm.services.recurrence import WEEKDAYS
from lsm_crm.services.roster import DAY_PARTS
from lsm_crm.volunteer_portal import uploads, views

# What a volunteer corrects alone; name, address and roles go through the coordinator.
OWN_FIELDS = (
	*("phone", "preferred_language", "skills", "availability_note", "sms_allowed"),
	*("emergency_contact_name", "emergency_contact_phone", "emergency_contact_relation"),
)


def receive(person, parts: list[str], language: SiteLanguage) -> Response:
	"""Do what the pressed button names; nothing is half done when it is refused."""
	posted = frappe.local.request.form
	if not _from_own_page(posted):
		sentence = _("This page was open for too long. Please send it again.")
		return views.show(person, parts, language, sentence, posted, status=403)
	action = ACTIONS.get(posted.get("action", ""))
	if not action:
		return views.show(person, parts, language, error=_("This button is not known here."), status=400)
	frappe.db.savepoint("portal")
	try:
		done = action(person, posted)
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point="portal")
		frappe.clear_messages()
		sentence = frappe.utils.strip_html(str(error).replace("<br>", " "))
		return views.show(frappe.get_doc("Volunteer", person.name), parts, language, sentence, posted, status=422)
	frappe.clear_messages()
	return done if isinstance(done, Response) else response.redirect(done, status=303)


def log_out(language: SiteLanguage) -> Response:
	"""End the session, also of an account without a volunteer; the browser is told to keep nothing of these pages."""
	if not _from_own_page(frappe.local.request.form):
		return response.redirect("/portal", status=303)
	return _end_session(language.code)


def _end_session(code: str) -> Response:
	frappe.local.login_manager.logout()
	# Else the framework, at the end of the request, puts the session it just deleted back into its cache.
	frappe.set_user("Guest")
	answer = response.redirect(f"/{code}/", status=303)
	answer.headers["Clear-Site-Data"] = '"storage"'
	return answer


def _from_own_page(posted: MultiDict) -> bool:
	# The framework checks the token only once a page has asked for one.
	token = posted.get("csrf_token", "").encode(errors="replace")  # as text, it takes no letter beyond ASCII
	return hmac.compare_digest(token, frappe.sessions.get_csrf_token().encode())


def _own(doctype: str, name: str | None, person) -> str:
	"""The name, if that document is this volunteer's; the same refusal for one of others and for none."""
	if not name or not frappe.db.exists(doctype, {"name": name, "volunteer": person.name}):
		frappe.throw(_("This was not found among what is yours."), title=_("Not Found"))
	return name


def _take(person, posted):
	shift_places.take(_shift(posted), person.name)
	return "/portal?done=taken"


def _reserve(person, posted):
	shift_places.join_reserve(_shift(posted), person.name)
	return "/portal?done=reserve"


def _shift(posted: MultiDict) -> str:
	name = posted.get("shift", "")
	if not frappe.db.exists("Volunteer Shift", name):
		frappe.throw(_("This shift is no longer there."), title=_("Not Found"))
	return name


def _give_back(person, posted):
	shift_places.give_back(_own("Shift Place", posted.get("place"), person))
	return "/portal?done=given_back"


def _offer(person, posted):
	shift_places.offer(_own("Shift Place", posted.get("place"), person))
	return "/portal?done=offered"


def _keep(person, posted):
	shift_places.offer(_own("Shift Place", posted.get("place"), person), offered=False)
	return "/portal?done=kept"


def _take_over(person, posted):
	place = posted.get("place", "")
	if not frappe.db.exists("Shift Place", {"name": place, "state": "Offered"}):
		frappe.throw(_("This place is no longer offered."), title=_("Not Possible"))
	in_return = posted.get("in_return") or None
	shift_places.take_over(place, person.name, _own("Shift Place", in_return, person) if in_return else None)
	return "/portal?done=taken"


def _add_hours(person, posted):
	day, back = _day(posted), cint(frappe.db.get_single_value("Volunteer Settings", "hours_back_days"))
	if back and date_diff(today(), day) > back:
		frappe.throw(_("Hours can be written down at most {0} days later.").format(back), title=_("Day"))
	role = posted.get("role") or None
	if role and role not in {row.role for row in person.roles}:
		frappe.throw(_("Please choose from the list."), title=_("Role"))
	_insert(
		"Hours Entry",
		volunteer=person.name,
		day=day,
		hours=_number(posted.get("hours")),
		role=role,
		source="Volunteer",
		description=(posted.get("description") or "")[:1000],
	)
	return "/portal/hours?done=hours"


def _add_expense(person, posted):
	doc = _insert(
		"Volunteer Expense",
		volunteer=person.name,
		kind="Expense",
		day=_day(posted),
		amount=_number(posted.get("amount")),
		description=(posted.get("description") or "").strip()[:1000],
	)
	receipt = frappe.local.request.files.get("receipt")
	if not receipt or not receipt.filename:
		frappe.throw(_("Please add a photo or PDF of the receipt."), title=_("Receipt"))
	doc.db_set("receipt", uploads.keep(receipt, doc, "receipt"))
	return "/portal/hours?done=expense"


def _set_account(person, posted):
	name = frappe.db.exists("Volunteer Bank Account", {"volunteer": person.name})
	doc = frappe.get_doc("Volunteer Bank Account", name) if name else frappe.new_doc("Volunteer Bank Account")
	doc.update({"volunteer": person.name, "iban": posted.get("iban"), "account_holder": posted.get("account_holder")})
	doc.save(ignore_permissions=True)
	return "/portal/hours?done=saved"


def _save_me(person, posted):
	for field in OWN_FIELDS:
		if person.meta.get_field(field).fieldtype == "Check":
			person.set(field, cint(posted.get(field)))
		else:
			person.set(field, (posted.get(field) or "").strip()[:2000])
	person.set("availability", [{"weekday": d, "day_part": p} for d, p in _ticked(posted)])
	areas = set(frappe.get_all("Area", pluck="name"))
	person.set("areas", [{"area": area} for area in dict.fromkeys(posted.getlist("areas")) if area in areas])
	for row in person.languages:
		for skill in views.LANGUAGE_SKILLS:
			row.set(skill, posted.get(f"{skill}-{row.language}", row.get(skill)))
	new = posted.get("new_language")
	if new and new not in {row.language for row in person.languages}:
		person.append("languages", {"language": new, "speaking": posted.get("new_speaking")})
	person.save(ignore_permissions=True)
	return "/portal/me?done=saved"


def _ticked(posted: MultiDict) -> list[tuple[str, str]]:
	known = {f"{day}|{part}": (day, part) for day in WEEKDAYS for part in DAY_PARTS}
	return [known[value] for value in dict.fromkeys(posted.getlist("availability")) if value in known]


def _sign(person, posted):
	doc = frappe.get_doc("Volunteer Agreement", _own("Volunteer Agreement", posted.get("agreement"), person))
	paper = frappe.local.request.files.get("signed_file")
	if paper and paper.filename:
		agreements.sign_by_upload(doc, uploads.keep(paper, doc, "signed_file"))
	elif posted.get("drawing"):
		agreements.sign_by_drawing(doc, posted["drawing"])
	else:
		frappe.throw(_("Please draw your signature or upload the signed paper."), title=_("Signing"))
	return "/portal/agreements?done=signed"


def _send_message(person, posted):
	doc = frappe.new_doc("Volunteer Message")
	doc.flags.from_portal = True
	doc.update({"volunteer": person.name, "from_volunteer": 1})
	doc.update(
		{"subject": (posted.get("subject") or "").strip()[:140], "body": (posted.get("body") or "").strip()[:5000]}
	)
	if not doc.subject or not doc.body:
		frappe.throw(_("Please write a subject and a message."), title=_("Messages"))
	doc.insert(ignore_permissions=True)
	return "/portal/messages?done=message"


def _read_message(person, posted):
	name = _own("Volunteer Message", posted.get("message"), person)
	frappe.db.set_value("Volunteer Message", name, "read_on", now_datetime(), update_modified=False)
	return "/portal/messages"


def _renew_feed(person, posted):
	address = calendar_feed.renew(person.name)
	from lsm_crm.public_site.languages import get_language

	language = get_language(person.preferred_language) or get_language("nl")
	context = {**views.BUILDERS["me"](person, []), "person": person, "has_feed": True, "feed": address}
	return views.page("me", context, language)


def _leave(person, posted):
	if posted.get("sure") != "1":
		frappe.throw(_("Please tick the box if you are sure."), title=_("Leaving"))
	person.leaving_reason = (posted.get("reason") or "").strip()[:1000]
	workflow.act(person, "Say Goodbye", _("the volunteer"))
	# The account's other sessions ended with it; this one would be kept alive by its own answer.
	return _end_session(frappe.local.lang)


def _day(posted: MultiDict):
	try:
		day = getdate(posted.get("day"))
	except (ValueError, frappe.ValidationError):
		day = None
	if not day:
		frappe.throw(_("Please choose a day."), title=_("Day"))
	return day


def _number(text: str | None) -> float:
	"""A number as people type it, with a comma or a point."""
	value = (text or "").strip().replace(",", ".")
	try:
		return flt(float(value), 2)
	except ValueError:
		frappe.throw(_("Please write a number, such as 2.5: {0}").format(value[:20]), title=_("Number"))


def _insert(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


ACTIONS = {
	"take": _take,
	"reserve": _reserve,
	"give_back": _give_back,
	"offer": _offer,
	"keep": _keep,
	"take_over": _take_over,
	"hours": _add_hours,
	"expense": _add_expense,
	"account": _set_account,
	"save": _save_me,
	"sign": _sign,
	"message": _send_message,
	"read": _read_message,
	"feed": _renew_feed,
	"leave": _leave,
}
