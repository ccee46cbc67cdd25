"""Every figure of a year by month: the page that goes to the board."""

import frappe
from frappe import _
from frappe.utils import cint, getdate

from lsm_crm.services.figures import tables


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	rows = tables.by_figure(cint(filters.year) or getdate().year)
	return tables.columns(_("Figure")), rows, tables.note(), _chart(rows)


def _chart(rows: list[dict]) -> dict | None:
	"""Of help requests and what came of them: the others are of another size."""
	wanted = (_("Help Requests"), _("Cases Opened"), _("Referrals"))
	values = tables.figures_by_month(rows)
	sets = [{"name": name, "values": values[name]} for name in wanted if name in values]
	return {"data": {"labels": tables.month_names(), "datasets": sets}, "type": "line"} if sets else None
