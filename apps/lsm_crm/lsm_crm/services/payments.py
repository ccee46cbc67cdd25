"""Payment lists for volunteers: SEPA credit transfer (pain.001) and a spreadsheet, from approved expenses."""

import hashlib
import re
from decimal import Decimal
from io import BytesIO

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime
from stdnum import iban as iban_check
from stdnum.exceptions import ValidationError as NumberError

from lsm_crm.services import compensation
from lsm_crm.services.compensation import money

SCHEMA = "pain.001.001.03"


def checked_iban(text: str | None) -> str:
	"""Return the IBAN without spaces, or refuse it with a sentence."""
	try:
		return iban_check.validate(text or "")
	except NumberError:
		frappe.throw(_("This is not a valid IBAN: {0}").format(text or ""), title=_("IBAN"))
		raise


def fill(run) -> None:
	"""Put every approved expense that is in no other run on this one."""
	for expense in open_expenses():
		account = frappe.db.get_value("Volunteer Bank Account", {"volunteer": expense.volunteer}, "account_holder")
		if account:
			run.append(
				"lines",
				{
					"expense": expense.name,
					"volunteer": expense.volunteer,
					"account_holder": account,
					"amount": expense.amount,
				},
			)


def open_expenses() -> list:
	"""Approved expenses that no payment run holds."""
	return frappe.get_all(
		"Volunteer Expense",
		{"workflow_state": "Approved", "payment_run": ("is", "not set")},
		["name", "volunteer", "amount"],
		order_by="day, name",
		limit=0,
	)


def check_lines(run) -> None:
	"""Each line is an approved expense, once, with its own amount and an account."""
	seen = set()
	for row in run.lines:
		if row.expense in seen:
			frappe.throw(_("Row {0}: this expense stands twice.").format(row.idx), title=_("Payments"))
		seen.add(row.expense)
		expense = frappe.db.get_value(
			"Volunteer Expense", row.expense, ["volunteer", "amount", "workflow_state", "payment_run"], as_dict=True
		)
		if not expense:
			continue  # the framework says so
		if run.state == "Draft" and expense.workflow_state != "Approved":
			frappe.throw(_("Row {0}: this expense is not approved.").format(row.idx), title=_("Payments"))
		if expense.payment_run and expense.payment_run != run.name:
			frappe.throw(
				_("Row {0}: this expense is in the payment run {1}.").format(row.idx, expense.payment_run),
				title=_("Payments"),
			)
		row.volunteer, row.amount = expense.volunteer, expense.amount


def freeze(run) -> None:
	"""Bind the expenses to this run, check that a file can be made, and remember its digest."""
	if run.state != "Draft" or not run.lines:
		frappe.throw(_("There is nothing to pay, or the file was made already."), title=_("Payment Run"))
	for row in run.lines:
		# A locked read: two runs made at once cannot both pay the same expense.
		bound = frappe.db.get_value("Volunteer Expense", row.expense, "payment_run", for_update=True)
		if bound and bound != run.name:
			frappe.throw(_("Row {0}: this expense is in the payment run {1}.").format(row.idx, bound))
		compensation.check(frappe.get_doc("Volunteer Expense", row.expense))
		frappe.db.set_value("Volunteer Expense", row.expense, "payment_run", run.name)
	run.state, run.made_on, run.made_by = "Made", now_datetime(), frappe.session.user
	run.sepa_digest = hashlib.sha256(_without_moment(sepa_file(run))).hexdigest()
	_save(run)


def mark_paid(run) -> None:
	"""Take every expense of the run to Paid through its workflow, as the session's user."""
	if run.state != "Made":
		frappe.throw(_("Make the file first."), title=_("Payment Run"))
	for row in run.lines:
		expense = frappe.get_doc("Volunteer Expense", row.expense)
		expense.workflow_state, expense.paid_on = "Paid", getdate(run.pay_on)
		expense.save()
	run.state = "Paid"
	_save(run)


def _save(run) -> None:
	run.flags.by_service = True
	try:
		run.save()
	finally:
		run.flags.by_service = False


def sepa_file(run) -> bytes:
	"""Return the pain.001 file of the run; sepaxml checks it against the schema before it is given out."""
	from sepaxml import SepaTransfer
	from sepaxml.validation import ValidationError as SchemaError

	settings = frappe.get_cached_doc("Volunteer Settings")
	if not (settings.debtor_name and settings.debtor_iban):
		frappe.throw(_("Enter our own account under Volunteer Settings first."), title=_("Our Account"))
	config = {
		"name": settings.debtor_name,
		"IBAN": checked_iban(settings.debtor_iban),
		"batch": True,
		"currency": "EUR",
	}
	if settings.debtor_bic:
		config["BIC"] = settings.debtor_bic
	transfer = SepaTransfer(config, schema=SCHEMA, clean=True)
	accounts = _accounts(run)
	for row in run.lines:
		account = accounts.get(row.volunteer)
		if not account:
			frappe.throw(_("Row {0}: there is no bank account.").format(row.idx), title=_("Payments"))
			raise AssertionError("frappe.throw always raises")
		payment = {
			"name": row.account_holder[:70],
			"IBAN": account.iban,
			"amount": int(money(row.amount) * 100),
			"execution_date": getdate(run.pay_on),
			"description": row.expense,
			"endtoend_id": row.expense,
		}
		if account.bic:
			payment["BIC"] = account.bic
		transfer.add_payment(payment)
	try:
		return transfer.export(validate=True)
	except SchemaError as error:
		frappe.throw(_("The payment file is not valid: {0}").format(str(error)), title=_("Payments"))
		raise


def spreadsheet(run) -> bytes:
	"""Return the same list as XLSX. Text that a spreadsheet would take for a formula is written as text."""
	from openpyxl import Workbook

	book = Workbook()
	sheet = book.active
	sheet.title = run.name[:31]
	sheet.append([_("Expense"), _("Account Holder"), _("IBAN"), _("Amount"), _("Pay On")])
	accounts = _accounts(run)
	for row in run.lines:
		iban = accounts[row.volunteer].iban if row.volunteer in accounts else ""
		sheet.append([row.expense, row.account_holder, iban, money(row.amount), getdate(run.pay_on)])
		for cell in sheet[sheet.max_row][:3]:
			cell.data_type = "s"
		sheet.cell(sheet.max_row, 4).number_format = "0.00"
	sheet.append([_("Total"), None, None, sum((money(row.amount) for row in run.lines), Decimal(0)), None])
	sheet.cell(sheet.max_row, 4).number_format = "0.00"
	out = BytesIO()
	book.save(out)
	return out.getvalue()


def _accounts(run) -> dict:
	rows = frappe.get_all(
		"Volunteer Bank Account",
		{"volunteer": ("in", [row.volunteer for row in run.lines] or [""])},
		["volunteer", "iban", "bic"],
		limit=0,
	)
	return {row.volunteer: row for row in rows}


def _without_moment(content: bytes) -> bytes:
	# The file carries the moment and a number of its making; the digest is of what is paid.
	return re.sub(rb"<(CreDtTm|MsgId|PmtInfId)>[^<]*</\1>", b"", content)
