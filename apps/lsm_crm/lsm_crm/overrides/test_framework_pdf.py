import io

import frappe
from frappe.tests.utils import FrappeTestCase
from pypdf import PdfReader, PdfWriter

from lsm_crm.overrides import framework_pdf
from lsm_crm.tests.factories import make_help_request

SECRET = "/etc/hostname"


class TestFrameworkPdf(FrappeTestCase):
	def setUp(self):
		framework_pdf.close()
		framework_pdf.close()  # twice is as once

	def test_every_holder_has_the_closed_way(self):
		import frappe.email.email_body
		import frappe.utils.pdf
		import frappe.utils.print_format

		for module in (frappe.email.email_body, frappe.utils.pdf, frappe.utils.print_format):
			self.assertIs(module.get_pdf, framework_pdf.get_pdf)

	def test_the_attachment_of_a_mail_is_made_by_it(self):
		request = make_help_request()
		made = frappe.attach_print("Help Request", request.name)
		self.assertIn(request.name, PdfReader(io.BytesIO(made["fcontent"])).pages[0].extract_text())

	def test_a_page_reads_no_file(self):
		with open(SECRET) as file:
			word = file.read().strip()
		page = f'<p>Seen</p><iframe src="file://{SECRET}"></iframe><object data="file://{SECRET}"></object>'
		text = PdfReader(io.BytesIO(framework_pdf.get_pdf(page))).pages[0].extract_text()
		self.assertIn("Seen", text)
		self.assertNotIn(word, text)

	def test_writer_orientation_and_password(self):
		writer = framework_pdf.get_pdf("<p>one</p>", {"orientation": "Landscape"}, PdfWriter())
		self.assertGreater(writer.pages[0].mediabox.width, writer.pages[0].mediabox.height)
		locked = PdfReader(io.BytesIO(framework_pdf.get_pdf("<p>one</p>", {"password": "open me"})))
		self.assertTrue(locked.is_encrypted and locked.decrypt("open me"))

	def test_the_other_library_is_refused(self):
		from frappe.utils import weasyprint

		with self.assertRaises(frappe.PermissionError):
			weasyprint.import_weasyprint()
