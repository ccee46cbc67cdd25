"""Needs of a pupil that go beyond tutoring become a referral; the partner reads nothing about the child without a consent."""

import frappe
from frappe import _
from frappe.utils import getdate

TOPIC = "Education"


def refer(pupil_name: str, partner: str) -> str:
	"""Make the referral of a pupil whose needs were written down, once; give its number."""
	pupil = frappe.get_doc("Pupil", pupil_name, for_update=True)
	if pupil.referral:
		return pupil.referral
	if not (pupil.other_needs or "").strip():
		frappe.throw(_("First write down what the pupil needs beyond tutoring."), title=_("Other Needs"))
	referral = frappe.get_doc(
		{
			"doctype": "Referral",
			"partner": partner,
			"topic": TOPIC,
			"language": pupil.guardian_language,
			"referred_on": getdate(),
		}
	).insert()
	pupil.referral = referral.name
	pupil.save()
	return referral.name
