"""Proving an address, and a second registration from the same proven address."""

import frappe

from lsm_crm.exceptions import ApplicationError, LinkExpiredError
from lsm_crm.services import volunteer_registration
from lsm_crm.tests import factories
from lsm_crm.tests.caught_mail import CaughtMailTestCase


class TestVolunteerRegistration(CaughtMailTestCase):
	def apply(self, email="almaz@example.org", **values):
		doc = frappe.get_doc(
			{
				"doctype": "Volunteer",
				"first_name": "Almaz",
				"email": email,
				"preferred_language": "en",
				"consent_to_store": 1,
				"roles": [{"role": "Cook"}],
				"languages": [{"language": "ti", "speaking": "Mother Tongue"}],
				**values,
			}
		)
		doc.flags.public_form = {"language": "en", "reference": "LSM-TEST", "route": "volunteer"}
		return doc.insert(ignore_permissions=True)

	def secret(self):
		return self.sent[-1][2]["link"].split("/volunteer/confirm/")[1]

	def test_link_proves_the_address_once(self):
		doc = self.apply()
		self.assertEqual(doc.workflow_state, "Applied")
		self.assertTrue(doc.consent_given_on)
		secret = self.secret()
		self.assertTrue(volunteer_registration.proof_is_open(secret))
		self.assertFalse(frappe.db.get_value("Volunteer", doc.name, "email_proven_on"))
		self.assertNotIn(secret, str(frappe.db.get_value("Volunteer", doc.name, "*", as_dict=True)))
		self.assertEqual(volunteer_registration.prove(secret), "proven")
		self.assertTrue(frappe.db.get_value("Volunteer", doc.name, "email_proven_on"))
		with self.assertRaises(LinkExpiredError):
			volunteer_registration.prove(secret)

	def test_an_old_link_does_nothing(self):
		doc = self.apply()
		doc.db_set("proof_expires", "2020-01-01 00:00:00")
		with self.assertRaises(LinkExpiredError):
			volunteer_registration.prove(self.secret())

	def test_second_registration_updates_and_tells_only_the_owner(self):
		first = self.apply()
		volunteer_registration.prove(self.secret())
		again = self.apply(
			first_name="Almaz T.",
			roles=[{"role": "Cook"}, {"role": "Translator"}],
			languages=[{"language": "ti", "interpreting": "Good"}, {"language": "nl", "speaking": "A Little"}],
			availability=[{"weekday": "Tuesday", "day_part": "Evening"}],
		)
		self.assertEqual(volunteer_registration.prove(self.secret()), "updated")
		first.reload()
		self.assertFalse(frappe.db.exists("Volunteer", again.name))
		self.assertEqual([(row.role, row.state) for row in first.roles], [("Cook", "Wanted"), ("Translator", "Wanted")])
		tigrinya = next(row for row in first.languages if row.language == "ti")
		self.assertEqual((tigrinya.speaking, tigrinya.interpreting), ("Mother Tongue", "Good"))
		self.assertEqual(len(first.availability), 1)
		self.assertEqual(self.sent[-1][0], "almaz@example.org")
		self.assertEqual(self.sent[-1][1], "Your registration was updated")

	def test_a_shared_address_makes_two_people_until_it_is_proven(self):
		one, two = self.apply(), self.apply(first_name="Yonas")
		self.assertNotEqual(one.name, two.name)
		self.assertEqual(frappe.db.count("Volunteer", {"email": "almaz@example.org"}), 2)

	def test_an_active_volunteer_gets_no_role_by_registering_again(self):
		first = self.apply()
		volunteer_registration.prove(self.secret())
		first = factories.take_on(first.reload() or frappe.get_doc("Volunteer", first.name))
		self.apply(roles=[{"role": "Tutor"}])
		volunteer_registration.prove(self.secret())
		first.reload()
		self.assertEqual({row.role: row.state for row in first.roles}, {"Cook": "Accepted", "Tutor": "Wanted"})

	def test_what_the_form_must_hold(self):
		for field, values in (
			("consent_to_store", {"consent_to_store": 0}),
			("roles", {"roles": []}),
			("languages", {"languages": []}),
			("guardian_name", {"under_18": 1}),
		):
			with self.subTest(field), self.assertRaises(ApplicationError) as refused:
				self.apply(**values)
			self.assertEqual(refused.exception.fieldname, field)

	def test_a_bad_address_is_refused(self):
		with self.assertRaises(frappe.InvalidEmailAddressError):
			self.apply(email="almaz@@example")
