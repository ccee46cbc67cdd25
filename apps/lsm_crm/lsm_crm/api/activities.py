"""Activities from the desk: dates of a series, registrations, suggestions."""

import frappe

from lsm_crm.constants import COORDINATOR
from lsm_crm.services import access, activity_series, pairing, pupil_referral, registrations, translators


@frappe.whitelist(methods=["POST"])
def make_dates(series: str) -> dict:
	"""Put the dates of a series in the calendar now; what could not be made comes back with the reason."""
	frappe.get_doc("Activity Series", series).check_permission("write")
	return activity_series.make_dates(series)


@frappe.whitelist(methods=["POST"])
def cancel_registration(registration: str) -> None:
	"""Give a place back for someone who called."""
	_registration(registration)
	registrations.cancel(registration)


@frappe.whitelist(methods=["POST"])
def accept_place(registration: str) -> None:
	"""Take an offered place for someone who called."""
	_registration(registration)
	registrations.accept(registration)


@frappe.whitelist(methods=["POST"])
def check_in(registration: str) -> None:
	"""The person is there."""
	_registration(registration)
	registrations.check_in(registration)


def _registration(name: str) -> None:
	frappe.get_doc("Event Registration", name).check_permission("write")


@frappe.whitelist(methods=["POST"])
def suggest_groups(pupil: str) -> list[dict]:
	"""Groups that suit a pupil, best first, with reasons for and against."""
	doc = frappe.get_doc("Pupil", pupil)
	doc.check_permission("read")
	return [row for row in pairing.groups_for(doc) if frappe.has_permission("Tutoring Group", "read", row["group"])]


@frappe.whitelist(methods=["POST"])
def suggest_rides(pupil: str) -> list[dict]:
	"""Pupils who could ride together, for the coordinator, who asks both families."""
	access.require_role(COORDINATOR)
	return pairing.rides_for(frappe.get_doc("Pupil", pupil))


@frappe.whitelist(methods=["POST"])
def refer_pupil(pupil: str, partner: str) -> str:
	"""Number of the referral of a pupil whose needs go beyond tutoring; for the coordinator."""
	access.require_role(COORDINATOR)
	access.require("Pupil", "write", pupil)
	return pupil_referral.refer(pupil, partner)


@frappe.whitelist(methods=["POST"])
def suggest_translators(request: str) -> list[dict]:
	"""Active volunteers with the languages, best level first; relatives of the case left out."""
	access.require_role(COORDINATOR)
	return translators.for_request(frappe.get_doc("Translation Request", request))
