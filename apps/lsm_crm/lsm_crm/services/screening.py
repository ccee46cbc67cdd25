"""What a role demands of a volunteer, what is there, and until when.

Three demands hold for everyone, whatever a role says: the right to work voluntarily is checked, who arrived recently
brings references (a VOG covers Dutch records only), and who may work only with a UWV declaration works in roles for
which the foundation holds one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import getdate

FOREVER = date.max
RIGHT_TO_WORK, REFERENCES, UWV = "Right to Work", "References", "UWV Declaration"
ONLY_WITH_UWV = "Only with a UWV Declaration"


@dataclass(frozen=True)
class Gap:
	"""One thing that is missing for one role; `why` is absent, expired, refused or pending."""

	requirement: str
	role: str
	why: str

	def sentence(self) -> str:
		text = {
			"absent": _("{0} is missing for the role {1}."),
			"expired": _("{0} for the role {1} is no longer valid."),
			"refused": _("{0} was not approved for the role {1}."),
			"pending": _("{0} for the role {1} has been asked for and is not there yet."),
			"no declaration": _("The foundation holds no valid {0} for the role {1}."),
		}[self.why]
		return text.format(_(self.requirement), _(self.role))


@dataclass(slots=True)
class Item:
	requirement: str
	role: str | None
	result: str
	valid_from: date
	valid_until: date
	may_volunteer: str | None
	recent_arrival: bool


def missing(volunteer: str, roles: Iterable[str], on: date | str | None = None) -> list[Gap]:
	"""Return what the volunteer lacks on that day for each of the roles."""
	return Screening([volunteer], roles).gaps(volunteer, roles, getdate(on))


def validity_months(volunteer: str, requirement: str, role: str | None) -> int:
	"""The shortest validity that the volunteer's roles (or the one role) give for a requirement; 0 is without end."""
	roles = [role] if role else frappe.get_all("Volunteer Role Choice", {"parent": volunteer}, pluck="role")
	months = frappe.get_all(
		"Volunteer Role Need",
		{"parent": ("in", roles or [""]), "requirement": requirement, "valid_months": (">", 0)},
		pluck="valid_months",
	)
	return min(months, default=0)


class Screening:
	"""The screening of many volunteers, read in a fixed number of queries."""

	def __init__(self, volunteers: Iterable[str] | None = None, roles: Iterable[str] | None = None):
		"""Read the items of these volunteers (None: of all) and the needs of these roles (None: of all)."""
		self.needs = _needs(roles)
		self.items = _items(volunteers)
		self.declared = _declarations()

	def gaps(self, volunteer: str, roles: Iterable[str], on: date, blocking_only: bool = False) -> list[Gap]:
		"""Return what is missing; `blocking_only` leaves out what only tells the coordinator once it is expired."""
		found = []
		for role in dict.fromkeys(roles):
			for requirement, at_expiry in self.demands(volunteer, role).items():
				why = self._why_missing(volunteer, requirement, role, on)
				if why and not (blocking_only and why == "expired" and at_expiry == "Tell the Coordinator"):
					found.append(Gap(requirement, role, why))
		return found

	def span(self, volunteer: str, role: str) -> tuple[date, date] | None:
		"""First and last day on which nothing blocks a shift in this role, as known today; None when there is none.

		For planning many at once. The Foundation's declarations count by the one that lasts longest.
		"""
		first, last = date.min, FOREVER
		for requirement, at_expiry in self.demands(volunteer, role).items():
			if requirement == UWV:
				valid = max(self.declared.get(role, ()), key=lambda span: span[1], default=None)
			else:
				item = self._best(volunteer, requirement, role)
				valid = (item.valid_from, item.valid_until) if item and item.result == "Approved" else None
			if not valid:
				return None
			first = max(first, valid[0])
			if at_expiry != "Tell the Coordinator":
				last = min(last, valid[1])
		return (first, last) if first <= last else None

	def demands(self, volunteer: str, role: str) -> dict[str, str]:
		"""Return {requirement: what happens at expiry} for this person in this role."""
		work = self._best(volunteer, RIGHT_TO_WORK, role)
		recent = bool(work and work.recent_arrival)
		asylum = bool(work and work.may_volunteer == ONLY_WITH_UWV)
		demands = {RIGHT_TO_WORK: "Refuse Shifts"}
		applies = {"Everyone": True, "Recent Arrivals": recent, "Asylum Seekers": asylum}
		for need in self.needs.get(role, ()):
			if applies[need.applies_to]:
				demands[need.requirement] = need.at_expiry
		if recent:
			demands.setdefault(REFERENCES, "Refuse Shifts")
		if asylum:
			demands[UWV] = "Refuse Shifts"
		else:
			demands.pop(UWV, None)
		return demands

	def _why_missing(self, volunteer: str, requirement: str, role: str, on: date) -> str | None:
		if requirement == UWV:
			valid = any(first <= on <= last for first, last in self.declared.get(role, ()))
			return None if valid else "no declaration"
		item = self._best(volunteer, requirement, role)
		if not item:
			return "absent"
		if item.result != "Approved":
			return "refused" if item.result == "Not Approved" else "pending"
		if item.valid_from > on:
			return "pending"
		return "expired" if item.valid_until < on else None

	def _best(self, volunteer: str, requirement: str, role: str) -> Item | None:
		"""A later check counts over an earlier one, except that one asked for anew leaves the valid one in force."""
		items = [
			i for i in self.items.get(volunteer, ()) if i.requirement == requirement and (not i.role or i.role == role)
		]
		if len(items) == 1:
			return items[0]
		judged = [i for i in items if i.result != "Asked For"]
		return max(judged or items, key=lambda i: (i.valid_from, i.valid_until), default=None)


def _needs(roles: Iterable[str] | None) -> dict[str, list]:
	filters: dict[str, str | tuple] = {"parenttype": "Volunteer Role"}
	if roles is not None:
		filters["parent"] = ("in", list(roles) or [""])
	found = defaultdict(list)
	for need in frappe.get_all(
		"Volunteer Role Need", filters, ["parent", "requirement", "applies_to", "at_expiry", "remind_days"]
	):
		found[need.parent].append(need)
	return found


def _items(volunteers: Iterable[str] | None) -> dict[str, list[Item]]:
	# Reads across what the session's user may see: shifts are refused to people who may not read why in detail.
	table = DocType("Screening Item")
	query = frappe.qb.from_(table).select(
		*(table.volunteer, table.requirement, table.role, table.result, table.valid_from, table.valid_until),
		*(table.may_volunteer, table.recent_arrival),
	)
	if volunteers is not None:
		query = query.where(table.volunteer.isin(list(volunteers) or [""]))
	found = defaultdict(list)
	for volunteer, requirement, role, result, first, last, may, recent in query.orderby(table.creation).run():
		found[volunteer].append(Item(requirement, role, result, first or date.min, last or FOREVER, may, bool(recent)))
	return found


def _declarations() -> dict[str, list[tuple[date, date]]]:
	found = defaultdict(list)
	for row in frappe.get_all("UWV Declaration", fields=["role", "valid_from", "valid_until"]):
		found[row.role].append((row.valid_from, row.valid_until or FOREVER))
	return found
