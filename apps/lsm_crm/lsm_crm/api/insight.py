"""Counting figures on request, and closing a year."""

import frappe
from frappe import _

from lsm_crm.services import outbox
from lsm_crm.services.figures import roll_up


@frappe.whitelist(methods=["POST"])
def count_figures() -> None:
	"""Count this year's and last year's figures now instead of tonight."""
	frappe.only_for("LSM Coordinator")
	outbox.enqueue("lsm_crm.tasks.count_figures", queue="long", timeout=1500, once=True)
	frappe.msgprint(_("The figures are being counted; open them again in a minute."), alert=True)


@frappe.whitelist(methods=["POST"])
def count_annual_report(name: str, modified: str) -> None:
	"""Count the figures of an open year again."""
	_report(name, modified).count_figures()


@frappe.whitelist(methods=["POST"])
def close_annual_report(name: str, modified: str) -> None:
	"""Close a year: roll-up and figures are counted one last time and then stand."""
	report = _report(name, modified)
	if report.status != "Closed":
		roll_up.rebuild(frappe.utils.getdate(f"{report.year}-01-01"), frappe.utils.getdate(f"{report.year}-12-31"))
	report.close_year()


def _report(name: str, modified: str):
	report = frappe.get_doc("Annual Report", name)
	report.check_permission("write")
	if str(report.modified) != modified:
		frappe.throw(
			_("This report was changed after you opened it. Reload it and try again."),
			title=_("Changed by somebody else"),
			exc=frappe.TimestampMismatchError,
		)
	return report
