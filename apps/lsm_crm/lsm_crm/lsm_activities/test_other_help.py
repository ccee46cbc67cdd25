"""Energy help desk, translations, interpreting and research: each rule allowed and refused."""

from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.utils import add_days, getdate, now_datetime

from lsm_crm.api import activities as activities_api
from lsm_crm.exceptions import ConflictOfInterestError, TransitionError
from lsm_crm.services import translators
from lsm_crm.tests.activity_factories import ActivityCase, user_of
from lsm_crm.tests.factories import make, make_client, make_user, make_volunteer


class TestOtherHelp(ActivityCase):
	def test_energy_ratio(self):
		request = make("Help Request", topics=[{"topic": "Energy"}], language="nl")
		intake = make(
			"Energy Intake",
			help_request=request.name,
			worker=user_of("worker"),
			intake_date=getdate(),
			cost_before=250,
			monthly_income=2000,
			measures=[{"measure": "Draught Strips", "saving_per_month": 20, "done_on": getdate()}],
		)
		self.assertEqual((intake.energy_ratio, intake.energy_poor, intake.saving_per_month), (12.5, 1, 20))
		# a tenth is not yet more than a tenth
		intake.cost_before = 200
		intake.save()
		self.assertEqual(intake.energy_poor, 0)
		intake.update({"monthly_income": 0, "income_band": "Under 1000"})
		intake.save()
		self.assertEqual((intake.energy_ratio, intake.energy_poor), (26.7, 1))

	def test_an_energy_intake_ends_with_what_it_costs_now_and_the_way_to_debt_help(self):
		energy, debts = (
			make("Help Request", topics=[{"topic": topic}], language="nl") for topic in ("Energy", "Debt help")
		)
		values = {"help_request": energy.name, "worker": user_of("worker"), "cost_before": 250, "debt_help_needed": 1}
		intake = make("Energy Intake", intake_date=getdate(), **values)
		for change, sentence in (({}, "cost a month now"), ({"cost_after": 180}, "Debt help")):
			intake.update({"status": "Done", **change})
			with self.assertRaisesRegex(frappe.ValidationError, sentence):
				intake.save()
			intake.reload()
		intake.update({"status": "Done", "cost_after": 180, "debt_help_request": debts.name})
		intake.save()
		self.assertEqual(intake.status, "Done")

	def translation(self, **values):
		frappe.set_user(user_of("worker"))
		doc = frappe.get_doc(
			{
				"doctype": "Translation Request",
				"kind": "Text",
				"from_language": "ar",
				"to_language": "nl",
				"deadline": add_days(now_datetime(), 3),
				**values,
			}
		).insert()
		frappe.set_user("Administrator")
		return doc

	def test_words_are_readable_only_to_who_works_on_them(self):
		request = self.translation()
		frappe.set_user(user_of("worker"))
		text = frappe.get_doc(
			{"doctype": "Translation Text", "translation_request": request.name, "source_text": "geheim woord"}
		).insert()
		stored = frappe.db.sql("select source_text from `tabTranslation Text` where name=%s", text.name)[0][0]
		self.assertNotIn("geheim", stored)
		frappe.set_user(self.coordinator)
		self.assertFalse(frappe.has_permission("Translation Text", "read", text.name))
		helper = user_of("helper")
		frappe.set_user(helper)
		self.assertFalse(frappe.has_permission("Translation Text", "read", text.name))
		frappe.set_user("Administrator")
		request.update({"translator": helper, "status": "Assigned"})
		request.save()
		frappe.set_user(helper)
		self.assertEqual(frappe.get_doc("Translation Text", text.name).source_text, "geheim woord")
		doc = frappe.get_doc("Translation Request", request.name)
		doc.status = "In Progress"
		doc.save()
		doc.deadline = add_days(now_datetime(), 9)
		with self.assertRaises(frappe.PermissionError):
			doc.save()

	def test_second_reader_and_order(self):
		request = self.translation()
		helper = user_of("helper")
		request.update({"translator": helper, "second_reader": helper})
		with self.assertRaisesRegex(frappe.ValidationError, "someone else"):
			request.save()
		request.reload()
		request.status = "Delivered"
		with self.assertRaises(TransitionError):
			request.save()

	def speaker(self, number: int, **levels):
		"""An active volunteer with an account; `levels` are (language=(speaking…interpreting)) of that person."""
		user = make_user("LSM Language Helper", email=f"speaker-{number}@example.org").name
		skills = ("speaking", "reading", "writing", "interpreting")
		volunteer = make_volunteer(
			last_name=f"Speaker {number}",
			user=user,
			languages=[{"language": code, **dict(zip(skills, found, strict=True))} for code, found in levels.items()],
		)
		frappe.db.set_value("Volunteer", volunteer.name, "workflow_state", "Active")
		return user

	def test_who_can_translate_goes_by_direction_and_level(self):
		good, some, little = "Good", "Reasonable", "A Little"
		into_dutch = self.speaker(1, ti=(good, good, little, good), nl=(good, some, good, good))
		both = self.speaker(2, ti=("Mother Tongue",) * 4, nl=(good,) * 4)
		weak = self.speaker(3, ti=(good,) * 4, nl=(little,) * 4)
		left = self.speaker(4, ti=(good,) * 4, nl=(good,) * 4)
		frappe.db.set_value("Volunteer", {"user": left}, "workflow_state", "Left")
		mine = {into_dutch, both, weak, left}

		def ask(**values):
			found = translators.for_request(self.translation(**values))
			return [row["user"] for row in found if row["user"] in mine]

		self.assertEqual(ask(from_language="ti", to_language="nl"), [both, into_dutch])
		self.assertEqual(ask(from_language="nl", to_language="ti"), [both])
		self.assertEqual(ask(from_language="ti", to_language="am"), [])
		spoken = ask(from_language="ti", to_language="nl", kind="Interpreting")
		self.assertEqual(set(spoken), {both, into_dutch})

	def test_suggesting_leaves_out_who_is_close_and_is_the_coordinators(self):
		relative = self.speaker(5, ti=("Good",) * 4, nl=("Good",) * 4)
		request = self.translation(from_language="ti", to_language="nl")
		request.db_set("client", make_client().name)
		close = [{"who": "x", "why": "Relative", "certain": True}]
		with patch(
			"lsm_crm.services.conflicts.find", side_effect=lambda user, *_rest: close if user == relative else []
		):
			self.assertNotIn(relative, [row["user"] for row in translators.for_request(request)])
		self.assertIn(relative, [row["user"] for row in translators.for_request(request)])
		for user in (user_of("worker"), user_of("helper"), self.lead):
			frappe.set_user(user)
			with self.assertRaises(frappe.PermissionError):
				activities_api.suggest_translators(request.name)
		frappe.set_user(self.coordinator)
		self.assertIn(relative, [row["user"] for row in activities_api.suggest_translators(request.name)])

	def test_interpreting_from_request_to_done(self):
		person, other = (self.speaker(number, ti=("Good",) * 4, nl=("Good",) * 4) for number in (6, 7))
		when = add_days(now_datetime(), 4).replace(microsecond=0)
		values = {"kind": "Interpreting", "from_language": "ti", "to_language": "nl", "deadline": when, "minutes": 90}
		request = self.translation(**values)
		self.assertFalse(any(row["busy"] for row in translators.for_request(request)))
		frappe.set_user(self.coordinator)
		doc = frappe.get_doc("Translation Request", request.name)
		doc.update({"translator": person, "status": "Assigned"})
		doc.save()
		bell = {"document_type": "Translation Request", "document_name": request.name}
		self.assertEqual(frappe.get_all("Notification Log", bell, pluck="for_user"), [person])
		# who is asked at the same hour is busy and cannot be asked twice; an hour later is another matter
		frappe.set_user("Administrator")
		second = self.translation(**{**values, "deadline": when + timedelta(minutes=60)})
		self.assertEqual({row["user"]: row["busy"] for row in translators.for_request(second)}[person], True)
		second.update({"translator": person, "status": "Assigned"})
		with self.assertRaisesRegex(frappe.ValidationError, "busy"):
			second.save()
		second.reload()
		second.update({"translator": person, "status": "Assigned", "deadline": when + timedelta(minutes=90)})
		second.save()
		# the one who was asked does it; nobody else reads it
		for stranger in (other, user_of("helper"), self.lead, user_of("worker", 2), user_of("front")):
			frappe.set_user(stranger)
			self.assertFalse(frappe.has_permission("Translation Request", "read", request.name), stranger)
		frappe.set_user(person)
		for state in ("In Progress", "Delivered"):
			doc = frappe.get_doc("Translation Request", request.name)
			doc.status = state
			doc.save()
		self.assertTrue(doc.delivered_on)
		frappe.set_user("Administrator")
		told = frappe.get_all("Notification Log", bell, pluck="for_user", order_by="creation")
		self.assertEqual(told, [person, user_of("worker")])
		doc.status = "In Progress"
		with self.assertRaises(TransitionError):
			doc.save()

	def test_an_appointment_keeps_an_interpreter_busy(self):
		person = self.speaker(8, ti=("Good",) * 4, nl=("Good",) * 4)
		when = add_days(now_datetime(), 6).replace(microsecond=0)
		make(
			"Client Appointment",
			subject="Talk",
			client=make_client().name,
			worker=user_of("worker"),
			interpreter=person,
			starts_on=when,
			ends_on=when + timedelta(hours=1),
		)
		request = self.translation(kind="Interpreting", deadline=when + timedelta(minutes=30))
		request.update({"translator": person, "status": "Assigned"})
		with self.assertRaisesRegex(frappe.ValidationError, "busy"):
			request.save()

	def test_nobody_translates_for_their_own_household(self):
		helper = make_user("LSM Language Helper", email="relative@example.org")
		client = make_client()
		request = self.translation()
		with patch("lsm_crm.services.conflicts.find", return_value=[{"who": "x", "why": "Relative", "certain": True}]):
			request.update({"client": client.name, "translator": helper.name, "status": "Assigned"})
			with self.assertRaises(ConflictOfInterestError):
				request.save()

	def research(self, **values):
		common = {"title": "Thesis", "researcher_name": "Student", "institution": "Universiteit Leiden"}
		return make("Research Request", **common, email="student@example.org", question="How?", **values)

	def test_interviews_need_a_consent_of_their_own(self):
		doc = self.research(asks_interviews=1)
		row = {"participant": "P1", "interviewed_on": getdate()}
		given = {"consent_given": 1, "consent_on": getdate()}
		doc.append("interviews", {**row, **given})
		with self.assertRaisesRegex(frappe.ValidationError, "before the research is agreed"):
			doc.save()
		doc.reload()
		self.agreed(doc)
		for values in (row, {**row, **given, "withdrawn_on": getdate()}):
			doc.append("interviews", values)
			with self.assertRaisesRegex(frappe.ValidationError, "consent"):
				doc.save()
			doc.reload()
		doc.append("interviews", {**row, **given})
		doc.save()

	def agreed(self, doc):
		doc.status = "In Talks"
		doc.save()
		doc.update({"status": "Agreed", "data_agreement_on": getdate(), "ethics_approval": "CEP 2026-1"})
		return doc.save()

	def test_research_from_request_to_publication(self):
		doc = self.research(asks_interviews=1)
		for status in ("Agreed", "Running", "Published"):
			doc.status = status
			with self.assertRaises(TransitionError):
				doc.save()
			doc.reload()
		with patch("lsm_crm.services.notices.tell", return_value=True) as tell:
			doc.status = "In Talks"
			doc.save()
			for missing in ({"ethics_approval": "x"}, {"data_agreement_on": getdate()}):
				doc.update({"status": "Agreed", **missing})
				with self.assertRaises(frappe.ValidationError):
					doc.save()
				doc.reload()
			doc.update({"status": "Agreed", "data_agreement_on": getdate(), "ethics_approval": "CEP 2026-1"})
			doc.save()
			doc.status = "Running"
			doc.save()
			doc.status = "Published"
			with self.assertRaisesRegex(frappe.ValidationError, "published"):
				doc.save()
			doc.reload()
			doc.update({"status": "Published", "publication": "Thesis, 2027"})
			doc.save()
		self.assertEqual([call.args[0] for call in tell.call_args_list], ["student@example.org"] * 4)

	def test_declining_says_why(self):
		doc = self.research()
		doc.status = "Declined"
		with self.assertRaisesRegex(frappe.ValidationError, "why"):
			doc.save()
		doc.reload()
		doc.update({"status": "Declined", "decline_reason": "No time this year"})
		doc.save()
		for user in (self.lead, user_of("worker"), user_of("front")):
			frappe.set_user(user)
			self.assertFalse(frappe.has_permission("Research Request", "read", doc.name))
