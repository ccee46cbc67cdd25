"""Rules that protect children. They hold whoever writes and by whatever door: form, API, import or another program.

Ages are whole years on the day itself, and whoever is born on 29 February grows older on 1 March in other years.
"""

from datetime import date
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import getdate

from lsm_crm.exceptions import ChildSafetyError
from lsm_crm.services.activity_states import require_adults

TUTORING_AGES = (12, 17)
KIDSOASE_AGES = (6, 12)
GUARDIAN_UNDER = 16


def age_on(born, day) -> int:
	"""Whole years on that day."""
	born, day = getdate(born), getdate(day)
	return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def within(ages: tuple[int, int], born, day) -> bool:
	"""Whether the child's age on that day lies within the ages, both included."""
	return ages[0] <= age_on(born, day) <= ages[1]


def check_birth(doc) -> None:
	"""A date of birth that a child can have."""
	born = getdate(doc.date_of_birth)
	if born > getdate() or age_on(born, getdate()) > 25:
		refuse(_("Check the date of birth."))


def require_consent(doc) -> None:
	"""The guardian agreed, and said so on a day that is written down."""
	if not doc.consent_given or not doc.consent_on:
		refuse(
			_("The parent or guardian of {0} has not agreed yet, or the day is missing.").format(
				doc.name or _("the child")
			)
		)
	if getdate(doc.consent_on) > getdate():
		refuse(_("Consent cannot be given in the future."))


def check_adults(users: list[str]) -> None:
	"""Two different adults who may work with children."""
	require_adults(set(filter(None, users)))


def check_same_rows(rows, field: str, sentence: str) -> None:
	"""Refuse a table in which somebody stands twice."""
	names = [row.get(field) for row in rows]
	if len(names) != len(set(names)):
		refuse(sentence)


def check_ages(names: list[str], doctype: str, ages: tuple[int, int], day: date) -> None:
	"""Refuse children whose age that day lies outside."""
	for row in frappe.get_all(doctype, filters={"name": ("in", names)}, fields=["name", "date_of_birth"]):
		if not within(ages, row.date_of_birth, day):
			refuse(
				_("{0} is {1} years old that day; the ages are {2} to {3}.").format(
					row.name, age_on(row.date_of_birth, day), *ages
				)
			)


def refuse(sentence: str) -> NoReturn:
	frappe.throw(sentence, title=_("Safety of children"), exc=ChildSafetyError)
	raise AssertionError("frappe.throw always raises")
