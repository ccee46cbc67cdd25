"""Places in shifts: who may take one, taking, giving back, swapping, the reserve list.

Whoever changes a place first locks the shift's row, then the volunteer's, so that two people who press at the same
moment get one place and one refusal.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import format_datetime, get_datetime, get_url, getdate, now_datetime

from lsm_crm.exceptions import ShiftRefusedError
from lsm_crm.services import volunteer_mail
from lsm_crm.services.screening import Screening

# A place that someone holds; Reserve is a wish only.
HELD = ("Taken", "Offered", "Attended", "Absent")
ACTIVE = (*HELD, "Reserve")
LEVELS = ("", "A Little", "Reasonable", "Good", "Mother Tongue")


def refusals(volunteer: str, shift, ignore_place: str | None = None) -> list[str]:
	"""Return every reason, as sentences, why this person cannot stand in this shift; empty when they can."""
	person = frappe.get_doc("Volunteer", volunteer)
	reasons = []
	if person.workflow_state != "Active":
		reasons.append(_("Only active volunteers take shifts."))
	if shift.state == "Cancelled":
		reasons.append(_("This shift is cancelled."))
	if get_datetime(shift.starts_at) < now_datetime():
		reasons.append(_("This shift has begun already."))
	if shift.role not in {row.role for row in person.roles if row.state == "Accepted"}:
		reasons.append(_("This shift is for the role {0}.").format(_(shift.role)))
	else:
		reasons += _screening_reasons(volunteer, shift)
	return reasons + time_reasons(volunteer, shift, ignore_place)


def _screening_reasons(volunteer: str, shift) -> list[str]:
	day = getdate(shift.starts_at)
	gaps = Screening([volunteer], [shift.role]).gaps(volunteer, [shift.role], day, blocking_only=True)
	return [gap.sentence() for gap in gaps]


def time_reasons(volunteer: str, shift, ignore_place: str | None = None) -> list[str]:
	"""Reasons from the person's other shifts: the same one, overlap, too little rest between two days."""
	starts, ends = get_datetime(shift.starts_at), get_datetime(shift.ends_at)
	rest = timedelta(hours=rest_hours())
	near = _places_near(volunteer, starts - rest, ends + rest, ignore_place)
	reasons = []
	for place in near:
		if place.shift == shift.name:
			reasons.append(_("This person has a place in this shift already."))
		elif clash := clash_of(starts, ends, place.starts_at, place.ends_at, rest):
			sentence = {
				"overlap": _("It overlaps with another shift at {0}."),
				"rest": _("There is too little rest to another shift at {0}."),
			}[clash]
			reasons.append(sentence.format(format_datetime(place.starts_at)))
	return reasons


def clash_of(starts, ends, other_starts, other_ends, rest: timedelta) -> str | None:
	"""Return "overlap", "rest" or None. Rest counts between days only: two shifts in a row on one day are fine."""
	if starts < other_ends and other_starts < ends:
		return "overlap"
	gap = other_starts - ends if other_starts >= ends else starts - other_ends
	same_day = starts.date() == other_starts.date()
	return "rest" if not same_day and gap < rest else None


def rest_hours() -> int:
	return frappe.utils.cint(frappe.db.get_single_value("Volunteer Settings", "rest_hours"))


def take(
	shift: str, volunteer: str, made_by: str = "Volunteer", reason: str | None = None, swap_for: str | None = None
):
	"""Give the volunteer a place; raises ShiftRefusedError with every reason. Returns the Shift Place."""
	waiting = frappe.db.get_value("Shift Place", {"active_key": key_of(shift, volunteer), "state": "Reserve"})
	place = frappe.get_doc("Shift Place", waiting) if waiting else frappe.new_doc("Shift Place")
	place.update({"shift": shift, "volunteer": volunteer, "state": "Taken", "made_by": made_by})
	place.update({"reason": reason, "swap_for": swap_for})
	return place.save(ignore_permissions=True)


def check_take(place) -> None:
	"""Lock, then refuse a place that cannot be held; the controller calls this whenever one becomes Taken."""
	shift = lock(place.shift, place.volunteer)
	reasons = refusals(place.volunteer, shift, ignore_place=place.name)
	freed = 1 if place.swap_for and _held(place.swap_for, place.shift) else 0
	held = _holders(shift.name)
	if len(held) - freed >= shift.places:
		reasons.append(_("All places in this shift are taken."))
	elif language := _kept_for_language(shift, place, held):
		reasons.append(_("The last places are kept for someone who speaks {0}.").format(language))
	if reasons:
		frappe.throw("<br>".join(dict.fromkeys(reasons)), title=_("Not Possible"), exc=ShiftRefusedError)


def join_reserve(shift: str, volunteer: str):
	"""Put the volunteer on the reserve list of a full shift."""
	doc = lock(shift, volunteer)
	reasons = refusals(volunteer, doc)
	if reasons:
		frappe.throw("<br>".join(reasons), title=_("Not Possible"), exc=ShiftRefusedError)
	place = frappe.new_doc("Shift Place")
	place.update({"shift": shift, "volunteer": volunteer, "state": "Reserve", "made_by": "Volunteer"})
	place.reserve_since = now_datetime()
	return place.save(ignore_permissions=True)


def give_back(place_name: str) -> str | None:
	"""Free the place (or leave the reserve list); return the name of the reserve place that moved up, if any."""
	place = frappe.get_doc("Shift Place", place_name)
	lock(place.shift, place.volunteer)
	place.reload()
	if place.state not in ("Taken", "Offered", "Reserve"):
		frappe.throw(_("This place was given back already."), title=_("Not Possible"), exc=ShiftRefusedError)
	if get_datetime(place.starts_at) < now_datetime():
		frappe.throw(_("This shift has begun already."), title=_("Not Possible"), exc=ShiftRefusedError)
	was_held = place.state != "Reserve"
	place.state = "Given Back"
	place.save(ignore_permissions=True)
	return promote(place.shift) if was_held else None


def offer(place_name: str, offered: bool = True) -> None:
	"""Offer the place to the others, or take the offer back. Until someone takes it over, its holder keeps it."""
	place = frappe.get_doc("Shift Place", place_name)
	lock(place.shift, place.volunteer)
	place.reload()
	if place.state != ("Taken" if offered else "Offered"):
		frappe.throw(_("This place cannot be offered."), title=_("Not Possible"), exc=ShiftRefusedError)
	place.state = "Offered" if offered else "Taken"
	place.flags.keeps_holder = True
	place.save(ignore_permissions=True)


def take_over(place_name: str, volunteer: str, in_return: str | None = None):
	"""Take over an offered place; with `in_return`, the other person gets that place of this volunteer instead."""
	offered = frappe.get_doc("Shift Place", place_name)
	lock(offered.shift, volunteer)
	offered.reload()
	if offered.state != "Offered":
		frappe.throw(_("This place is no longer offered."), title=_("Not Possible"), exc=ShiftRefusedError)
	returned = frappe.get_doc("Shift Place", in_return) if in_return else None
	if returned and (returned.volunteer != volunteer or returned.state not in ("Taken", "Offered")):
		frappe.throw(_("This place is not yours to give."), title=_("Not Possible"), exc=ShiftRefusedError)
	_free(offered)
	if returned:
		lock(returned.shift, offered.volunteer)
		_free(returned)
	new = take(offered.shift, volunteer, made_by="Swap", swap_for=offered.name)
	if returned:
		take(returned.shift, offered.volunteer, made_by="Swap", swap_for=returned.name)
	_tell(new, "shift_taken")
	return new


def promote(shift: str) -> str | None:
	"""Give a free place to the first on the reserve list who can still stand there, and tell them."""
	waiting = frappe.get_all(
		"Shift Place", {"shift": shift, "state": "Reserve"}, order_by="reserve_since, creation", pluck="name"
	)
	for name in waiting:
		place = frappe.get_doc("Shift Place", name)
		place.state, place.made_by = "Taken", "Reserve List"
		frappe.db.savepoint("promote")
		try:
			place.save(ignore_permissions=True)
		except ShiftRefusedError:
			frappe.db.rollback(save_point="promote")
			frappe.clear_last_message()
			continue
		_tell(place, "from_reserve")
		return name
	return None


def release_future_places(volunteer: str) -> None:
	"""Free what someone holds from now on, as they pause or leave; the reserve list moves up."""
	filters = {"volunteer": volunteer, "starts_at": (">", now_datetime())}
	for name in frappe.get_all(
		"Shift Place", {**filters, "state": ("in", ("Taken", "Offered", "Reserve"))}, order_by="starts_at", pluck="name"
	):
		give_back(name)


def cancel_places(shift) -> None:
	"""A cancelled shift frees everyone and tells them."""
	for name in frappe.get_all(
		"Shift Place", {"shift": shift.name, "state": ("in", ("Taken", "Offered", "Reserve"))}, pluck="name"
	):
		place = frappe.get_doc("Shift Place", name)
		held = place.state != "Reserve"
		place.state = "Cancelled"
		place.save(ignore_permissions=True)
		if held:
			_tell(place, "shift_cancelled")


def mark_attendance(place_name: str, attended: bool):
	"""Record who was there; presence makes an hours entry that still needs approval."""
	place = frappe.get_doc("Shift Place", place_name)
	if place.state not in HELD:
		frappe.throw(_("This person has no place in the shift."), title=_("Attendance"), exc=ShiftRefusedError)
	if get_datetime(place.starts_at) > now_datetime():
		frappe.throw(_("The shift has not begun yet."), title=_("Attendance"), exc=ShiftRefusedError)
	place.state = "Attended" if attended else "Absent"
	place.flags.keeps_holder = True
	place.save(ignore_permissions=True)
	from lsm_crm.services import hours

	if attended:
		hours.from_attendance(place)
	else:
		hours.withdraw_attendance(place)
	return place


def recount(shift: str) -> None:
	"""Bring the count of taken places and the state of the shift in line with its places."""
	taken = frappe.db.count("Shift Place", {"shift": shift, "state": ("in", HELD)})
	places, state = frappe.db.get_value("Volunteer Shift", shift, ["places", "state"])
	new = state if state == "Cancelled" else ("Full" if taken >= places else "Open")
	frappe.db.set_value("Volunteer Shift", shift, {"taken": taken, "state": new}, update_modified=False)


def lock(shift: str, volunteer: str):
	"""Lock the shift and the volunteer in this order and return the shift as it is now."""
	doc = frappe.get_doc("Volunteer Shift", shift, for_update=True)
	frappe.db.get_value("Volunteer", volunteer, "name", for_update=True)
	return doc


def key_of(shift: str, volunteer: str) -> str:
	return f"{shift}|{volunteer}"


def speaks(row, skill: str, level: str) -> bool:
	"""Whether a language row reaches the level in that skill."""
	return LEVELS.index(row.get(skill.lower()) or "") >= LEVELS.index(level)


def _holders(shift: str) -> list[str]:
	table = DocType("Shift Place")
	query = frappe.qb.from_(table).select(table.volunteer).where(table.shift == shift).where(table.state.isin(HELD))
	return query.for_update().run(pluck=True)


def _places_near(volunteer: str, first, last, ignore_place: str | None) -> list:
	# A locking read: it sees what others committed while this request waited for its locks.
	table = DocType("Shift Place")
	return (
		frappe.qb.from_(table)
		.select(table.shift, table.starts_at, table.ends_at)
		.where(table.volunteer == volunteer)
		.where(table.state.isin(HELD))
		.where(table.starts_at < last)
		.where(table.ends_at > first)
		.where(table.name != (ignore_place or ""))
		.for_update()
		.run(as_dict=True)
	)


def _held(place: str, shift: str) -> bool:
	return bool(frappe.db.exists("Shift Place", {"name": place, "shift": shift, "state": ("in", HELD)}))


def _kept_for_language(shift, place, held: list[str]) -> str | None:
	"""Name the language for which the free places are kept, when this person would take one of them."""
	if not shift.languages:
		return None
	people = [*held, place.volunteer]
	spoken = frappe.get_all(
		"Volunteer Language",
		{"parent": ("in", people), "parenttype": "Volunteer"},
		["parent", "language", "speaking", "reading", "writing", "interpreting"],
	)
	left = shift.places - len(people)
	for need in shift.languages:
		able = {r.parent for r in spoken if r.language == need.language and speaks(r, need.skill, need.level)}
		if place.volunteer not in able and need.people - len(able) > left:
			return _(frappe.db.get_value("Language", need.language, "language_name") or need.language)
	return None


def _free(place) -> None:
	place.state = "Given Back"
	place.save(ignore_permissions=True)


def _tell(place, key: str) -> None:
	shift = frappe.get_cached_doc("Volunteer Shift", place.shift)
	tell(place.volunteer, shift, key)


def tell(volunteer: str, shift, key: str) -> None:
	"""Mail the volunteer about a shift, with when and where only."""
	volunteer_mail.send(
		volunteer,
		key,
		link=get_url("/portal"),
		title=shift.title,
		when=lambda: format_datetime(shift.starts_at, "EEEE d MMMM HH:mm"),
		venue=shift.venue or "",
	)
