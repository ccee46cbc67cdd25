import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, nowdate

from lsm_crm.exceptions import ConsentMissingError, TransitionError
from lsm_crm.services import consents
from lsm_crm.tests.factories import act, make, make_client, make_consent, make_partner


class TestReferral(FrappeTestCase):
	def setUp(self):
		self.client_doc = make_client(phone="0612345678", safe_to_call=1)
		self.partner = make_partner(frappe.generate_hash(length=8))

	def refer(self, **values):
		return make("Referral", **{"partner": self.partner.name, "topic": "Debt help", **values})

	def test_without_a_person_nothing_about_one_is_sent(self):
		self.assertEqual(consents.partner_view(self.refer()), {"topic": "Debt help"})
		with self.assertRaises(frappe.ValidationError):
			self.refer(message="A mother of three in the Merenwijk")

	def test_a_person_is_not_referred_without_consent(self):
		with self.assertRaisesRegex(ConsentMissingError, "has not agreed"):
			self.refer(client=self.client_doc.name)

	def test_the_consent_must_fit(self):
		refused = {
			"is not of": make_consent(make_client().name),
			"something else": make_consent(self.client_doc.name, purpose="Photos"),
			"another partner": make_consent(self.client_doc.name, partner=make_partner("Andere partner").name),
			"expired or was withdrawn": make_consent(
				self.client_doc.name, given_on=add_days(nowdate(), -20), valid_until=add_days(nowdate(), -1)
			),
		}
		for words, consent in refused.items():
			with self.assertRaisesRegex(ConsentMissingError, words):
				self.refer(client=self.client_doc.name, consent=consent.name)

	def test_only_what_is_ticked_is_shared(self):
		consent = make_consent(self.client_doc.name)
		with self.assertRaisesRegex(ConsentMissingError, "does not cover a description"):
			self.refer(client=self.client_doc.name, consent=consent.name, message="Three children")
		referral = self.refer(client=self.client_doc.name, consent=consent.name)
		self.assertEqual(consents.partner_view(referral), {"name": "Amina Voorbeeld", "topic": "Debt help"})

	def test_a_withdrawn_consent_shares_nothing_at_once(self):
		consent = make_consent(self.client_doc.name)
		referral = self.refer(client=self.client_doc.name, consent=consent.name)
		consent.withdrawn_on = nowdate()
		consent.save()
		self.assertEqual(consent.status, "Withdrawn")
		self.assertEqual(consents.partner_view(referral), {})
		consent.withdrawn_on = None
		with self.assertRaisesRegex(frappe.ValidationError, "stays withdrawn"):
			consent.save()

	def test_steps_and_the_partner_s_figures(self):
		referral = self.refer()
		with self.assertRaisesRegex(TransitionError, "Say why"):
			act(referral, "Refuse")
		act(act(referral, "Accept"), "Start")
		with self.assertRaisesRegex(TransitionError, "fill in the result"):
			act(referral, "Finish")
		referral = frappe.get_doc("Referral", referral.name)
		referral.result = "Helped"
		referral.save()
		act(referral, "Finish")
		partner = frappe.get_doc("Partner Organisation", self.partner.name)
		self.assertEqual((partner.referrals_sent, partner.referrals_helped, partner.success_rate), (1, 1, 100))
