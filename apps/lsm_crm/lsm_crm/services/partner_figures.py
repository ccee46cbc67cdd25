"""How past referrals to a partner went, kept with the partner so that choosing the next one needs no counting."""

import frappe
from frappe.query_builder import Case as When
from frappe.query_builder.functions import Count, Sum


def update(partner: str) -> None:
	"""Count the partner's referrals anew: one query and one write."""
	referral = frappe.qb.DocType("Referral")

	def number(condition):
		return Sum(When().when(condition, 1).else_(0))

	sent, accepted, helped, finished = (
		frappe.qb.from_(referral)
		.select(
			Count("*"),
			number(referral.workflow_state.isin(("Accepted", "In Progress", "Done"))),
			number((referral.workflow_state == "Done") & referral.result.isin(("Helped", "Partly helped"))),
			number(referral.workflow_state.isin(("Done", "Refused"))),
		)
		.where(referral.partner == partner)
		.run()[0]
	)
	values = {
		"referrals_sent": sent,
		"referrals_accepted": accepted or 0,
		"referrals_helped": helped or 0,
		"success_rate": 100 * (helped or 0) / finished if finished else 0,
	}
	frappe.db.set_value("Partner Organisation", partner, values, update_modified=False)
