"""Payment runs: the SEPA file against its schema, the spreadsheet, nothing paid twice, each step by its role."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import frappe
import sepaxml
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, today
from lxml import etree
from openpyxl import load_workbook

from lsm_crm.services import payments
from lsm_crm.tests import factories

SPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"}
IBANS = ("NL91ABNA0417164300", "DE89370400440532013000")


class TestPayments(FrappeTestCase):
	def setUp(self):
		frappe.db.delete("Volunteer Expense")
		settings = frappe.get_single("Volunteer Settings")
		settings.update({"debtor_name": "Stichting Leids Steunloket Migranten", "debtor_iban": "NL02ABNA0123456789"})
		settings.save()
		self.people = [
			self.person(iban, name) for iban, name in zip(IBANS, ("Selam Ö. & Zoon", "=cmd|' /C calc'"), strict=True)
		]

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_document_cache("Volunteer Settings", "Volunteer Settings")

	def person(self, iban, holder):
		person = factories.make_volunteer(date_of_birth="1990-01-01").name
		factories.make("Volunteer Bank Account", volunteer=person, iban=iban, account_holder=holder)
		factories.make_hours(person, 20, "2025-03-05")
		return person

	def approved(self, volunteer, amount, **values):
		doc = factories.make(
			"Volunteer Expense",
			volunteer=volunteer,
			amount=amount,
			day="2025-03-05",
			kind="Compensation",
			description="Work",
			**values,
		)
		doc.workflow_state = "Approved"
		doc.save()
		return doc

	def run_of(self, **values):
		return factories.make("Volunteer Payment Run", pay_on=add_days(today(), 2), **values)

	def test_file_is_valid_and_says_what_is_paid(self):
		amounts = (12.34, 56.7)
		expenses = [self.approved(person, amount) for person, amount in zip(self.people, amounts, strict=True)]
		run = self.run_of()
		self.assertEqual(run.total, 69.04)
		run.make_file()
		tree = etree.fromstring(payments.sepa_file(run))
		folder = Path(sepaxml.__file__).parent / "schemas"
		schema = etree.XMLSchema(etree.parse(str(folder / "pain.001.001.03.xsd")))
		schema.assertValid(tree)
		self.assertEqual(tree.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=SPACE), "69.04")
		paid = {
			(t.findtext("p:PmtId/p:EndToEndId", namespaces=SPACE)): (
				t.findtext("p:CdtrAcct/p:Id/p:IBAN", namespaces=SPACE),
				t.findtext("p:Amt/p:InstdAmt", namespaces=SPACE),
			)
			for t in tree.iterfind(".//p:CdtTrfTxInf", namespaces=SPACE)
		}
		self.assertEqual(paid, {e.name: (iban, f"{e.amount:.2f}") for e, iban in zip(expenses, IBANS, strict=True)})

	def test_spreadsheet_holds_no_formula(self):
		for person in self.people:
			self.approved(person, 10)
		run = self.run_of()
		run.make_file()
		sheet = load_workbook(BytesIO(payments.spreadsheet(run))).active
		self.assertEqual([cell.data_type for cell in sheet["B"][1:3]], ["s", "s"])
		self.assertEqual(Decimal(str(sheet.cell(4, 4).value)), Decimal(20))

	def test_nothing_is_paid_twice(self):
		self.approved(self.people[0], 10)
		first, second = self.run_of(), self.run_of()
		first.make_file()
		with self.assertRaisesRegex(frappe.ValidationError, "payment run"):
			second.make_file()
		first.mark_paid()
		self.assertFalse(payments.open_expenses())
		self.assertEqual(self.run_of().lines, [])
		with self.assertRaises(frappe.ValidationError):
			first.make_file()

	def test_a_made_run_stays_as_it_is(self):
		self.approved(self.people[0], 10)
		run = self.run_of()
		run.make_file()
		run.reload()
		run.lines[0].amount = 1000
		run.pay_on = add_days(today(), 9)
		with self.assertRaisesRegex(frappe.ValidationError, "stays as it is"):
			run.save()
		with self.assertRaises(frappe.ValidationError):
			frappe.delete_doc("Volunteer Payment Run", run.name)

	def test_the_amount_is_the_expenses_own(self):
		expense = self.approved(self.people[0], 10)
		run = self.run_of(
			lines=[{"expense": expense.name, "volunteer": self.people[1], "account_holder": "X", "amount": 999}]
		)
		self.assertEqual((run.lines[0].amount, run.lines[0].volunteer), (10, self.people[0]))
		unapproved = factories.make(
			"Volunteer Expense",
			volunteer=self.people[0],
			amount=1,
			day="2025-03-05",
			kind="Compensation",
			description="W",
		)
		with self.assertRaisesRegex(frappe.ValidationError, "not approved"):
			self.run_of(
				lines=[{"expense": unapproved.name, "volunteer": self.people[0], "account_holder": "X", "amount": 1}]
			)

	def test_only_the_treasurer(self):
		self.approved(self.people[0], 10)
		coordinator = factories.make_user("LSM Volunteer Coordinator", email="vc-pay@example.org").name
		treasurer = factories.make_user("LSM Treasurer", email="tr-pay@example.org").name
		frappe.set_user(coordinator)
		self.assertFalse(frappe.has_permission("Volunteer Bank Account", "read"))
		with self.assertRaises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Volunteer Payment Run", "pay_on": today()}).insert()
		frappe.set_user(treasurer)
		self.assertFalse(frappe.has_permission("Volunteer", "read"))
		run = frappe.get_doc({"doctype": "Volunteer Payment Run", "pay_on": today()}).insert()
		run.make_file()
		run.mark_paid()
		self.assertEqual(run.state, "Paid")

	def test_a_wrong_iban_is_refused(self):
		for iban in ("NL91ABNA0417164301", "", "nonsense"):
			with self.assertRaisesRegex(frappe.ValidationError, "IBAN"):
				payments.checked_iban(iban)
		self.assertEqual(payments.checked_iban("nl91 abna 0417 1643 00"), "NL91ABNA0417164300")
