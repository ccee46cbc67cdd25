"""Agreements: text as agreed, signed by drawing or upload, ended, and what follows for the screening."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.constants import LANGUAGES, RIGHT_TO_LEFT
from lsm_crm.exceptions import ReadOnlyStateError
from lsm_crm.services import agreements, screening
from lsm_crm.tests import factories

PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class TestAgreements(FrappeTestCase):
	def setUp(self):
		self.person = factories.make_volunteer(preferred_language="en", first_name="{role}", last_name="{{7*7}}")
		self.agreement = factories.make(
			"Volunteer Agreement", volunteer=self.person.name, template="Volunteer agreement", role="Cook"
		)

	def tearDown(self):
		frappe.db.rollback()

	def test_two_languages_filled_in_without_running_anything(self):
		columns = agreements.columns(self.agreement)
		self.assertEqual([column["language"] for column in columns], ["nl", "en"])
		self.assertIn("{{7*7}}", self.agreement.text_dutch)
		self.assertIn("Cook", self.agreement.text_other)
		self.assertNotIn("{name}", self.agreement.text_dutch)

	def test_every_language_beside_the_dutch_as_that_language_writes_it(self):
		for template in ("Volunteer agreement", "Confidentiality statement"):
			dutch = None
			for code in LANGUAGES:
				with self.subTest(template, code=code):
					person = factories.make_volunteer(preferred_language=code, first_name="Almaz", last_name="{date}")
					values = {"volunteer": person.name, "template": template, "role": "Cook", "starts_on": "2026-03-05"}
					columns = agreements.columns(factories.make("Volunteer Agreement", **values))
					dutch = dutch or columns[0]
					self.assertEqual(columns[0], dutch)
					other = columns[1]
					self.assertEqual(other["language"], "en" if code == "nl" else code)
					self.assertEqual(other["direction"], "rtl" if code in RIGHT_TO_LEFT else "ltr")
					text = " ".join(other["paragraphs"])
					self.assertIn("Almaz {date}", text)
					# The translation has the paragraphs of the Dutch, and one more: that the Dutch is what counts.
					self.assertEqual(len(other["paragraphs"]), len(dutch["paragraphs"]) + 1)
					if template == "Volunteer agreement":
						self.assertIn(frappe._("Cook", lang=other["language"]), text)
						self.assertIn("5 maart 2026", " ".join(dutch["paragraphs"]))

	def test_dutch_beside_dutch_is_no_choice(self):
		# The desk may fill the field with its own language.
		person = factories.make_volunteer(preferred_language="ar").name
		values = {"volunteer": person, "template": "Volunteer agreement", "role": "Cook", "other_language": "nl"}
		doc = factories.make("Volunteer Agreement", **values)
		self.assertEqual(doc.other_language, "ar")

	def test_signed_text_stays_although_the_template_changes(self):
		agreements.send(self.agreement)
		agreements.sign_by_drawing(self.agreement, PNG)
		before = (self.agreement.text_dutch, self.agreement.text_digest)
		template = frappe.get_doc("Agreement Template", "Volunteer agreement")
		template.texts[0].body = "Something else"
		template.save()
		self.agreement.reload()
		self.agreement.save()
		self.assertEqual((self.agreement.text_dutch, self.agreement.text_digest), before)
		self.assertEqual(agreements.digest(self.agreement), before[1])
		self.agreement.text_dutch = "Changed"
		with self.assertRaises(ReadOnlyStateError):
			self.agreement.save()

	def test_signing_screens_and_ending_ends_it(self):
		def is_missing():
			gaps = screening.missing(self.person.name, ["Cook"], frappe.utils.add_days(frappe.utils.today(), 1))
			return "Agreement" in {gap.requirement for gap in gaps}

		self.assertTrue(is_missing())
		agreements.send(self.agreement)
		agreements.sign_by_drawing(self.agreement, PNG)
		self.assertFalse(is_missing())
		self.agreement.reload()
		self.agreement.state = "Ended"
		self.agreement.save()
		self.assertTrue(is_missing())

	def test_a_state_is_not_typed_in(self):
		self.agreement.state = "Signed"
		with self.assertRaises(frappe.ValidationError):
			self.agreement.save()

	def test_what_is_no_drawing(self):
		agreements.send(self.agreement)
		for drawing in (
			"",
			"data:image/svg+xml;base64,PHN2Zz4=",
			"data:image/png;base64,PHN2Zz4=",
			"data:image/png;base64,!!",
		):
			with self.assertRaises(frappe.ValidationError):
				agreements.sign_by_drawing(self.agreement, drawing)
