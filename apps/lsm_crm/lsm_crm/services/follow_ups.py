"""What comes back on a day: follow-up of closed cases, papers that run out, partners who stay silent."""

from functools import partial

import frappe
from frappe import _
from frappe.utils import add_days, getdate, nowdate

from lsm_crm.services import consents, desk_notice, referral_links

PAPER_DAYS = 30


def run(today: str | None = None) -> None:
	"""Each morning; every notice is given once."""
	day = getdate(today or nowdate())
	remind_of_cases(day)
	remind_of_papers(day)
	consents.expire()
	referral_links.remind_silent_partners(day)


def remind_of_cases(day) -> None:
	"""The day chosen at closing to ask how it went: on that day alone."""
	table = frappe.qb.DocType("Case")
	rows = frappe.qb.from_(table).select(table.name, table.worker).where(table.follow_up_on == day).run()
	for name, worker in rows:
		if worker:
			desk_notice.tell(worker, partial(_follow_up_text, name), "Case", name)


def _follow_up_text(name: str) -> str:
	return _("Today is the follow-up of {0}.").format(name)


def remind_of_papers(day) -> None:
	"""Permits, contracts and the like that run out within a month."""
	paper, case = frappe.qb.DocType("Case Document"), frappe.qb.DocType("Case")
	rows = (
		frappe.qb.from_(paper)
		.join(case)
		.on(case.name == paper["case"])
		.select(paper.name, case.name, case.worker, paper.expires_on)
		.where(paper.reminded_on.isnull() & (paper.expires_on >= day) & (paper.expires_on <= add_days(day, PAPER_DAYS)))
		.where((case.workflow_state != "Closed") & case.worker.isnotnull())
		.run()
	)
	for name, number, worker, expires_on in rows:

		def text(number=number, expires_on=expires_on) -> str:
			return _("A paper in {0} runs out on {1}.").format(number, frappe.utils.formatdate(expires_on))

		desk_notice.tell(worker, text, "Case", number)
		frappe.db.set_value("Case Document", name, "reminded_on", day, update_modified=False)
