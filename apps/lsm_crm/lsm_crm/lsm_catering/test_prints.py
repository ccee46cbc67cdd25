"""Prints of catering and activities: they show what is needed, escape what was typed, and make a PDF."""

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from lsm_crm.services import pdf
from lsm_crm.tests.activity_factories import make_event, make_order, make_registration, published, user_of
from lsm_crm.tests.factories import make

SCRIPT = "<script>alert(1)</script>"


class TestPrints(FrappeTestCase):
	def html(self, doc, print_format: str) -> str:
		return frappe.get_print(doc.doctype, doc.name, print_format, as_pdf=False)

	def test_of_an_order(self):
		order = make_order(
			dishes=[{"dish": "Baklava", "portions": 10}],
			allergies=[{"allergen": "Milk"}],
			contact_name=f"Sanne {SCRIPT}",
			kitchen_note=SCRIPT,
		)
		for print_format, wanted in (
			("Kitchen Order Sheet", "Nuts (Pistachio Nuts)"),
			("Dish Labels", "Nuts (Pistachio Nuts)"),
			("Delivery Note", "Voorbeeldstraat 1"),
		):
			page = self.html(order, print_format)
			self.assertIn(wanted, page)
			self.assertNotIn(SCRIPT, page)
		self.assertNotIn("Sanne", self.html(order, "Kitchen Order Sheet"))

	def test_of_a_round_and_an_event(self):
		order = make_order()
		frappe.db.set_value("Catering Order", order.name, "workflow_state", "Ready")
		found = make(
			"Delivery Round",
			round_date=order.delivery_date,
			deliverer=user_of("deliverer"),
			start_time="16:00:00",
			stops=[{"catering_order": order.name}],
		)
		self.assertIn("Voorbeeldstraat 1", self.html(found, "Round Sheet"))
		event = published(make_event(title="Avond"))
		make_registration(event.name, person_name=f"أمينة {SCRIPT}")
		page = self.html(event, "Attendance List")
		self.assertIn("أمينة", page)
		self.assertNotIn(SCRIPT, page)
		self.assertIn("Avond", self.html(event, "Event Poster"))

	def test_of_a_lesson(self):
		starts = add_days(now_datetime(), 4)
		group = make("Tutoring Group", title="Group A", subject="Mathematics", lead=user_of("lead"), mode="Online")
		lesson = make(
			"Lesson",
			tutoring_group=group.name,
			mode="Online",
			starts_on=starts,
			ends_on=add_to_date(starts, hours=1),
			adults=[{"user": user_of("lead")}],
		)
		self.assertIn("Group A", self.html(lesson, "Lesson Attendance List"))

	def test_an_invoice_as_pdf(self):
		from lsm_crm.services import invoices

		order = make_order(settlement="Invoice")
		frappe.db.set_value("Catering Order", order.name, "workflow_state", "Delivered")
		name = invoices.issue(order.name)
		page = self.html(frappe.get_doc("Catering Invoice", name), "Invoice Letter")
		for text in (name, "Hummus", "Buurtvereniging Voorbeeld"):
			self.assertIn(text, page)
		self.assertTrue(pdf.document("Catering Invoice", name, "Invoice Letter").startswith(b"%PDF-"))
		self.assertEqual(getdate(), frappe.db.get_value("Catering Invoice", name, "invoice_date"))
