"""The social map: partner organisations by topic, language, area and opening hours."""

import frappe
from frappe import _
from frappe.utils import format_time

FILTERS = ("topic", "language", "area", "weekday", "text")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def find(topic: str = "", language: str = "", area: str = "", weekday: str = "", text: str = "") -> list[dict]:
	"""Partners that fit every filter; one that names no area works everywhere. Four queries however many there are."""
	partner = frappe.qb.DocType("Partner Organisation")
	query = (
		frappe.qb.from_(partner)
		.select(
			partner.name,
			partner.kind,
			partner.phone,
			partner.referrals_sent,
			partner.referrals_helped,
			partner.success_rate,
		)
		.where(partner.disabled == 0)
	)
	if topic:
		query = query.where(partner.name.isin(_having("Partner Topic", "topic", [topic])))
	if language:
		query = query.where(partner.name.isin(_having("Partner Language", "language", [language])))
	if weekday in DAYS:
		query = query.where(partner.name.isin(_having("Partner Opening Hours", "weekday", [weekday])))
	if area:
		row = frappe.qb.DocType("Partner Area")
		somewhere = frappe.qb.from_(row).select(row.parent)
		query = query.where(
			partner.name.isin(_having("Partner Area", "area", _with_parents(area))) | partner.name.notin(somewhere)
		)
	if text:
		words = f"%{text.strip()[:60]}%"
		query = query.where(partner.name.like(words) | partner.remarks.like(words) | partner.dutch_name.like(words))
	rows = query.orderby(partner.success_rate, order=frappe.qb.desc).orderby(partner.name).limit(500).run(as_dict=True)
	_add_words(rows)
	return rows


def _having(child: str, fieldname: str, values: list[str]):
	table = frappe.qb.DocType(child)
	return frappe.qb.from_(table).select(table.parent).where(table[fieldname].isin(values))


def _with_parents(area: str) -> list[str]:
	"""The area and those that it is part of: who serves all of Leiden serves each part."""
	table = frappe.qb.DocType("Area")
	left, right = frappe.db.get_value("Area", area, ["lft", "rgt"]) or (0, 0)
	return frappe.qb.from_(table).select(table.name).where((table.lft <= left) & (table.rgt >= right)).run(
		pluck=True
	) or [area]


def _add_words(rows: list[dict]) -> None:
	names = [row["name"] for row in rows] or [""]
	for child, fieldname, key in (("Partner Topic", "topic", "topics"), ("Partner Language", "language", "languages")):
		table = frappe.qb.DocType(child)
		found: dict[str, list[str]] = {}
		for parent, value in (
			frappe.qb.from_(table).select(table.parent, table[fieldname]).where(table.parent.isin(names)).run()
		):
			found.setdefault(parent, []).append(_(value))
		for row in rows:
			row[key] = ", ".join(found.get(row["name"], []))
	hours = frappe.qb.DocType("Partner Opening Hours")
	opening: dict[str, list[str]] = {}
	for parent, day, opens, closes in (
		frappe.qb.from_(hours)
		.select(hours.parent, hours.weekday, hours.opens_at, hours.closes_at)
		.where(hours.parent.isin(names))
		.orderby(hours.idx)
		.run()
	):
		opening.setdefault(parent, []).append(f"{_(day)} {format_time(opens, 'HH:mm')}–{format_time(closes, 'HH:mm')}")
	for row in rows:
		row["hours"] = "; ".join(opening.get(row["name"], []))
