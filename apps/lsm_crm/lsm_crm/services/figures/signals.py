"""Trends in help requests that are worth a second look: found in the roll-up, judged by people."""

from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Sum
from frappe.utils import add_months, get_first_day, getdate, nowdate

LEAST = 10  # fewer requests than this in three months are chance
GROWTH = 1.5  # half as many again as in the three months before


def notice(today: date | None = None) -> list[str]:
	"""Make a Signal for each topic that grew strongly over the last three whole months; return their names."""
	this_month = getdate(get_first_day(getdate(today or nowdate())))
	middle, start = getdate(add_months(this_month, -3)), getdate(add_months(this_month, -6))
	before, now = requests_by_topic(start, middle), requests_by_topic(middle, this_month)
	made = []
	for topic, amount in now.items():
		grew = amount >= LEAST and amount >= GROWTH * max(before.get(topic, 0), 1)
		if topic and grew and not frappe.db.exists("Signal", {"topic": topic, "period_from": middle}):
			made.append(_make(topic, middle, this_month, before.get(topic, 0), amount))
	return made


def requests_by_topic(first: date, until: date) -> dict[str, int]:
	"""Help requests by topic from the first day until before `until`."""
	table = DocType("Daily Figure")
	rows = (
		frappe.qb.from_(table)
		.select(table.topic, Sum(table.amount))
		.where((table.figure == "Help Requests") & (table.grain == "Day"))
		.where((table.day >= first) & (table.day < until))
		.groupby(table.topic)
		.run()
	)
	return {topic: int(amount) for topic, amount in rows}


def _make(topic: str, first: date, until: date, before: int, now: int) -> str:
	signal = frappe.get_doc(
		{
			"doctype": "Signal",
			"title": _("More requests about {0}").format(_(topic)),
			"source": "Figures",
			"topic": topic,
			"period_from": first,
			"period_until": frappe.utils.add_days(until, -1),
			"amount_before": before,
			"amount_now": now,
		}
	)
	return signal.insert(ignore_permissions=True).name
