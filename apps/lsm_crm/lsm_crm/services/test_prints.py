import io

import frappe
from frappe.tests.utils import FrappeTestCase
from pypdf import PdfReader

from lsm_crm.constants import CASE_WORKER, LANGUAGES, RIGHT_TO_LEFT
from lsm_crm.services import letters, pdf, prints
from lsm_crm.setup import client_papers
from lsm_crm.tests.factories import acting_as, make, make_case, make_client, make_partner, make_user


class TestPrints(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		client_papers.seed()
		cls.worker = make_user(CASE_WORKER, email="worker.one@example.org")

	def consent(self, language: str = "nl", **values):
		client = make_client(first_name="محمد", last_name="الحسن", preferred_language=language)
		return make(
			"Client Consent",
			**{
				"client": client.name,
				"purpose": "Share with a partner",
				"consent_text": f"Share with a partner 2026-1 {language}",
				"how_given": "Signed on paper",
				"share_name": 1,
				**values,
			},
		)

	def html(self, doc, print_format: str) -> str:
		return frappe.get_print(doc.doctype, doc.name, print_format, doc=doc, no_letterhead=1)

	def test_every_purpose_has_a_text_in_each_language(self):
		purposes = frappe.get_meta("Consent Text").get_field("purpose").options.split("\n")
		for purpose in purposes:
			for language in LANGUAGES:
				text = frappe.db.get_value("Consent Text", f"{purpose} 2026-1 {language}", "text")
				self.assertIn("LSM", text or "", (purpose, language))

	def test_a_sheet_for_another_purpose_says_its_own_text_and_no_partner(self):
		consent = self.consent("am", purpose="Photos", consent_text="Photos 2026-1 am")
		html = self.html(consent, "Consent Sheet")
		self.assertIn(frappe.db.get_value("Consent Text", "Photos 2026-1 am", "text"), html)
		self.assertNotIn(prints.words("am")["with"], html)

	def test_consent_sheet_in_each_language(self):
		for language in LANGUAGES:
			html = self.html(self.consent(language), "Consent Sheet")
			direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
			self.assertIn(f'lang="{language}" dir="{direction}"', html)
			self.assertIn(prints.words(language)["signature"], html)
			self.assertIn("محمد الحسن", html)

	def test_every_language_has_every_word(self):
		wanted = set(prints.words("nl"))
		for language in LANGUAGES:
			self.assertEqual(set(prints.words(language)), wanted, language)

	def test_letters_fill_in_in_each_language(self):
		for language in LANGUAGES:
			case = make_case(make_client(preferred_language=language).name, worker=self.worker.name)
			letter = letters.write(case, f"Invitation-{language}")
			self.assertNotIn("{", letter.body)
			self.assertIn(case.name, letter.body)

	def test_referral_letter_shows_what_the_consent_allows_and_escapes_it(self):
		consent = self.consent("en", share_story=1)
		referral = make(
			"Referral",
			partner=make_partner().name,
			client=consent.client,
			consent=consent.name,
			topic="Debt help",
			message="<script>alert(1)</script> three letters",
		)
		html = self.html(referral, "Referral Letter")
		self.assertIn("three letters", html)
		self.assertNotIn("<script>alert", html)
		self.assertNotIn("Debt help", html)

	def test_a_referral_letter_is_in_the_client_s_language_with_the_dutch_beside_it(self):
		client = make_client(first_name="زهرا", preferred_language="fa", phone="0612345678", safe_to_call=1)
		consent = make(
			"Client Consent",
			client=client.name,
			purpose="Share with a partner",
			consent_text="Share with a partner 2026-1 fa",
			how_given="Signed on paper",
			share_contact=1,
			share_topic=1,
		)
		referral = make(
			"Referral", partner=make_partner().name, client=client.name, consent=consent.name, topic="Debt help"
		)
		html = self.html(referral, "Referral Letter")
		for text in (
			prints.words("fa")["referred"],
			prints.words("nl")["referred"],
			frappe._("Debt help", lang="fa"),
			"Schuldhulp",
			"\u2066+31\u00a06\u00a012345678\u2069",  # in one piece, from left to right
		):
			self.assertIn(text, html)
		self.assertNotIn("زهرا", html)  # the name was not ticked

	def test_a_phone_number_in_a_letter_keeps_its_order(self):
		number = frappe.db.get_single_value("LSM Settings", "phone")
		for language, expected in (("ar", "\u2066" + number.replace(" ", "\u00a0") + "\u2069"), ("fr", number)):
			case = make_case(make_client(preferred_language=language).name, worker=self.worker.name)
			self.assertIn(expected, letters.write(case, f"Invitation-{language}").body)

	def test_case_file_as_pdf_in_arabic_shape(self):
		case = make_case(make_client(first_name="محمد").name, worker=self.worker.name)
		make("Case Note", case=case.name, text="أول لقاء", minutes=5)
		with acting_as(self.worker):
			content = pdf.render(self.html(frappe.get_doc("Case", case.name), "Case File"), language="nl")
		reader = PdfReader(io.BytesIO(content))
		self.assertIn(case.name, reader.pages[0].extract_text())
		fonts = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
		self.assertTrue([font for font in fonts if "Arab" in font], fonts)
