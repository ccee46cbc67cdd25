"""What visitors send by the public forms of catering and activities becomes the right record, or a sentence at the field."""

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, getdate

from lsm_crm.public_forms import definition, submit
from lsm_crm.public_forms.draft import Draft
from lsm_crm.setup import web_forms
from lsm_crm.tests.activity_factories import make_event, make_registration, published, user_of
from lsm_crm.tests.factories import make


class TestForms(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		web_forms.seed()

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.flags.in_web_form = False

	def send(self, route: str, **values):
		form = definition.find(route)
		frappe.set_user("Guest")
		outcome = submit.send(form, Draft(form.name, values=values), "ar")
		frappe.set_user("Administrator")
		if outcome.errors or outcome.broken:
			self.errors = outcome.errors
			return outcome, None
		name = frappe.db.get_value("Form Submission", {"reference": outcome.reference}, "reference_name")
		return outcome, frappe.get_doc(form.doctype, name)

	def catering(self, **values):
		return self.send(
			"catering",
			**{
				"customer_name": "Buurtvereniging",
				"guests": "12",
				"delivery_date": str(add_days(getdate(), 20)),
				"window_from": "17:00",
				"window_to": "18:00",
				"handover": "Delivery",
				"address": "Voorbeeldstraat 1",
				"requester_name": "Sanne",
				"requester_email": "sanne@example.org",
				"requester_phone": "+31 6 00000000",
				"settlement": "Donation",
				"kitchen_note": "No nuts please",
				**values,
			},
		)

	def test_catering(self):
		_outcome, order = self.catering(allergies=[{"allergen": "Nuts", "guests": "2"}])
		self.assertEqual((order.workflow_state, order.source, order.language), ("Requested", "Web Form", "ar"))
		self.assertEqual((order.customer_wishes, order.kitchen_note), ("No nuts please", None))
		self.assertEqual(order.allergies[0].allergen, "Nuts")
		order.append("dishes", {"dish": "Hummus", "portions": 12})
		order.workflow_state = "Confirmed"
		with self.assertRaisesRegex(frappe.ValidationError, "Read the customer's wishes"):
			order.save()
		order.reload()
		order.append("dishes", {"dish": "Hummus", "portions": 12})
		order.update({"workflow_state": "Confirmed", "wishes_read": 1})
		order.save()

	def test_catering_on_short_notice_is_said_at_the_day(self):
		outcome, _order = self.catering(delivery_date=str(add_days(getdate(), 1)))
		self.assertEqual(list(outcome.errors), ["delivery_date"])
		self.assertIn("notice", outcome.errors["delivery_date"])

	def test_event_and_its_waiting_list(self):
		event = published(make_event(capacity=1))
		_outcome, first = self.send("event", event=event.name, places="1", person_name="Sanne", email="s@example.org")
		_outcome, second = self.send("event", event=event.name, places="1", person_name="Ali")
		self.assertEqual((first.status, second.status, second.language), ("Registered", "Waiting", "ar"))
		outcome, _none = self.send("event", event=event.name, places="99", person_name="Ali")
		self.assertEqual(list(outcome.errors), ["places"])

	def test_a_full_event_without_waiting_list(self):
		event = published(make_event(capacity=1, waiting_list=0))
		make_registration(event.name)
		outcome, _none = self.send("event", event=event.name, places="1", person_name="Ali")
		self.assertEqual(list(outcome.errors), ["event"])

	def test_senior(self):
		activity = make(
			"Senior Activity",
			title="Walk",
			area="Boshuizen",
			lead=user_of("lead"),
			venue="Vogelvlucht",
			starts_on=add_days(getdate(), 1),
			ends_on=add_days(getdate(), 60),
		)
		activity.workflow_state = "Published"
		activity.save()
		_outcome, person = self.send(
			"senior",
			senior_activity=activity.name,
			signed_up_by="A Relative",
			relative_name="Dochter",
			person_name="Mw. Voorbeeld",
			phone="+31 71 0000000",
			transport_there="1",
			address="Voorbeeldstraat 2",
		)
		self.assertEqual((person.status, person.source), ("Applied", "Web Form"))

	def test_tutoring(self):
		_outcome, pupil = self.send(
			"tutoring",
			guardian_name="Ouder",
			guardian_relation="Parent",
			guardian_phone="+31 6 00000000",
			first_name="Kind",
			last_name="Voorbeeld",
			date_of_birth=str(getdate(add_to_date(getdate(), years=-13))),
			school_type="Havo",
			subjects=[{"subject": "Mathematics"}],
			lesson_mode="In Person",
			consent_given="1",
		)
		self.assertIsNotNone(pupil, getattr(self, "errors", None))
		self.assertEqual((pupil.status, pupil.consent_how, pupil.photo_consent), ("Applied", "Web Form", 0))
		self.assertEqual(pupil.consent_on, getdate())
