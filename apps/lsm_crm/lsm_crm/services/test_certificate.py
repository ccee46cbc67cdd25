"""The certificate of hours: what it counts, its words in every language, its PDF, who may print it."""

import io

import frappe
from frappe.tests.utils import FrappeTestCase
from pypdf import PdfReader

from lsm_crm.constants import LANGUAGES, RIGHT_TO_LEFT, TREASURER, VOLUNTEER_COORDINATOR
from lsm_crm.services import certificate, pdf
from lsm_crm.tests import factories

FORMAT = "Certificate of Hours"


class TestCertificate(FrappeTestCase):
	def setUp(self):
		self.person = factories.make_volunteer(
			["Cook", "Translator"], first_name="<b>Almaz</b>", preferred_language="en"
		)
		factories.make_hours(self.person.name, 2.5, "2025-03-05", role="Cook")
		factories.make_hours(self.person.name, 4, "2025-06-07", role="Translator")
		factories.make_hours(self.person.name, 8, "2025-06-08", role="Cook", approved=False)

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback()

	def test_only_approved_hours_by_role(self):
		known = certificate.facts(self.person.name)
		self.assertEqual((known["total"], known["by_role"]), (6.5, [("Cook", 2.5), ("Translator", 4.0)]))
		self.assertEqual((str(known["first_day"]), str(known["last_day"])), ("2025-03-05", "2025-06-07"))

	def test_dutch_first_then_the_volunteers_language(self):
		for code in LANGUAGES:
			with self.subTest(code):
				columns = certificate.paper(self.person.name, code)["columns"]
				self.assertEqual([c["language"] for c in columns], ["nl"] if code == "nl" else ["nl", code])
				self.assertIn("deed 6,5 uur", columns[0]["sentence"])
				self.assertEqual(columns[-1]["direction"], "rtl" if code in RIGHT_TO_LEFT else "ltr")
				self.assertEqual(len({c["heading"] for c in columns}), len(columns))

	def test_the_desks_print_and_the_portals_pdf_say_the_same(self):
		user = factories.make_user(VOLUNTEER_COORDINATOR, email="vc-cert@example.org")
		with factories.acting_as(user):
			html = frappe.get_print("Volunteer", self.person.name, FORMAT, no_letterhead=1)
			printed = self.words(pdf.document("Volunteer", self.person.name, FORMAT))
		self.assertIn("&lt;b&gt;Almaz", html)
		answer = certificate.as_pdf(self.person.name, "en")
		self.assertEqual(answer.headers["Cache-Control"], "no-store")
		self.assertEqual(self.words(answer.get_data()), printed)
		for words in ("<b>Almaz</b>", "6,5 uur", "did 6.5 hours", "5 maart 2025", "Vertaler"):
			self.assertIn(words, printed)

	def words(self, content: bytes) -> str:
		reader = PdfReader(io.BytesIO(content))
		self.assertEqual(len(reader.pages), 1)
		return " ".join(reader.pages[0].extract_text().split())

	def test_nobody_else_prints_it(self):
		user = factories.make_user(TREASURER, email="tr-cert@example.org")
		with factories.acting_as(user), self.assertRaises(frappe.PermissionError):
			pdf.document("Volunteer", self.person.name, FORMAT)
