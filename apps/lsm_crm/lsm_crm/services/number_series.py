"""Counters of record numbers stand ready before the first record needs one.

The framework makes a counter with the first record of a kind and a year. Where two people save that first record at once, each waits
for the other and the database refuses one of them, so that somebody's entry ends in an error.
"""

import re

import frappe
from frappe.query_builder import DocType
from frappe.utils import getdate

from lsm_crm.guard.doctypes import definitions

COUNTED = re.compile(r"\.#+$|\{#+\}")


def keys(autoname: str, years: tuple[int, ...]) -> set[str]:
	"""What the framework calls the counters of a naming rule in these years."""
	if not COUNTED.search(autoname):
		return set()
	if autoname.startswith("format:"):
		return {""}  # the framework counts all of these together, under no name
	return {autoname.rsplit(".#", 1)[0].replace(".YYYY.", f".{year}.").replace(".", "") for year in years}


def make_ready() -> None:
	"""Make the counters of this year and the next that are not there yet; one that counts already stays as it is."""
	year = getdate().year
	rules = [data.get("autoname") or "" for data in definitions().values()]
	wanted = set().union(*(keys(rule, (year, year + 1)) for rule in rules))
	table = DocType("Series")
	missing = wanted - set(frappe.qb.from_(table).select(table.name).run(pluck=True))
	if not missing:
		return
	insert = frappe.qb.into(table).columns(table.name, table.current).ignore()
	for key in sorted(missing):
		insert = insert.insert(key, 0)
	insert.run()
