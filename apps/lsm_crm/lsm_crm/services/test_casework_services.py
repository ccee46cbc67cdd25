import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from lsm_crm.api import cases, people
from lsm_crm.constants import CASE_WORKER, COORDINATOR
from lsm_crm.exceptions import LinkExpiredError, TransitionError
from lsm_crm.services import (
	appointment_feed,
	assignment,
	case_timeline,
	deadline_reminders,
	follow_ups,
	handover,
	letters,
	referral_links,
)
from lsm_crm.tests.factories import acting_as, make, make_case, make_client, make_consent, make_partner, make_user


def notices(user, case: str) -> int:
	return frappe.db.count("Notification Log", {"for_user": user.name, "document_name": case})


class CaseworkTestCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = make_user(CASE_WORKER, email="worker.one@example.org")
		cls.deputy = make_user(CASE_WORKER, email="worker.two@example.org")
		cls.coordinator = make_user(COORDINATOR, email="coordinator.one@example.org")


class TestReminders(CaseworkTestCase):
	def make_case(self, due="2030-06-14", **values):
		case = make_case(worker=self.worker.name, deputy=self.deputy.name, coordinator=self.coordinator.name, **values)
		self.deadline = make("Case Deadline", case=case.name, title="Objection", due_on=due, remind_days_before=5)
		return case.name

	def told(self, case: str) -> tuple[int, int, int]:
		return tuple(notices(user, case) for user in (self.worker, self.deputy, self.coordinator))

	def test_first_the_worker_then_everybody(self):
		case = self.make_case()
		for day, expected in (
			("2030-06-05", (0, 0, 0)),
			("2030-06-06", (1, 0, 0)),  # Whit Monday lies between: 5 working days before
			("2030-06-07", (1, 0, 0)),
			("2030-06-13", (1, 1, 1)),
			("2030-06-13", (1, 1, 1)),
			("2030-06-20", (1, 1, 1)),
		):
			deadline_reminders.run(day)
			self.assertEqual(self.told(case), expected, day)

	def test_away_passes_it_on(self):
		case = self.make_case(due="2031-06-13")
		make("Staff Absence", user=self.worker.name, from_date="2031-06-01", until_date="2031-06-30")
		deadline_reminders.run("2031-06-06")
		self.assertEqual(self.told(case), (1, 1, 0))
		make("Staff Absence", user=self.deputy.name, from_date="2031-06-01", until_date="2031-06-30")
		deadline_reminders.run("2031-06-10")
		self.assertEqual(self.told(case), (1, 1, 1))

	def test_done_or_moved_deadlines(self):
		case = self.make_case()
		deadline_reminders.run("2030-06-10")
		self.deadline.reload()
		self.deadline.due_on = "2030-07-12"
		self.deadline.save()
		deadline_reminders.run("2030-07-09")
		self.assertEqual(self.told(case)[0], 2)
		self.deadline.reload()
		self.deadline.status = "Done"
		self.deadline.save()
		deadline_reminders.run("2030-07-12")
		self.assertEqual(self.told(case), (2, 0, 0))
		self.assertIsNone(frappe.db.get_value("Case", case, "next_deadline"))

	def test_follow_up_and_papers(self):
		case = self.make_case(follow_up_on="2030-09-02")
		make("Case Document", case=case, title="Permit", kind="Decision", expires_on="2030-09-20")
		follow_ups.run("2030-09-02")
		follow_ups.run("2030-09-03")
		self.assertEqual(self.told(case)[0], 2)


class TestAssignment(CaseworkTestCase):
	def test_language_and_load_speak(self):
		speaker = make_user(CASE_WORKER, email="speaker@example.org", first_name="Zara")
		make(
			"Volunteer",
			first_name="Zara",
			last_name="V",
			email="z@example.org",
			preferred_language="nl",
			consent_to_store=1,
			roles=[{"role": "Socio-legal worker"}],
			languages=[{"language": "ti", "speaking": "Good"}],
			user=speaker.name,
		)
		case = make_case(make_client(preferred_language="ti").name)
		best = assignment.suggest(case)[0]
		self.assertEqual(best["user"], speaker.name)
		self.assertIn("speaks the client's language", best["reasons"])

	def test_who_is_away_or_close_is_not_suggested(self):
		relative = make_user(CASE_WORKER, email="aunt@example.org", mobile_no="+31612340000")
		case = make_case(make_client(phone="0612340000").name)
		make("Staff Absence", user=self.deputy.name, from_date=nowdate(), until_date=nowdate())
		users = [row["user"] for row in assignment.suggest(case)]
		self.assertNotIn(relative.name, users)
		self.assertNotIn(self.deputy.name, users)

	def test_as_many_queries_however_many_could_do_it(self):
		case = make_case(make_client(preferred_language="ti").name)
		for number in range(6):
			make_user(CASE_WORKER, email=f"worker.more.{number}@example.org")
		assignment.suggest(case)
		with self.assertQueryCount(12):
			self.assertGreaterEqual(len(assignment.suggest(case)), 6)

	def test_who_can_be_chosen_in_a_link_field(self):
		def choices(role: str) -> list[str]:
			return [row[0] for row in people.staff_with_role("User", "worker.", "name", 0, 20, {"role": role})]

		with acting_as(self.worker):
			self.assertIn(self.deputy.name, choices(CASE_WORKER))
			self.assertNotIn(self.coordinator.name, choices(CASE_WORKER))
			self.assertEqual(choices("System Manager"), [])
		with self.assertRaises(frappe.PermissionError), acting_as(make_user("LSM Kitchen")):
			choices(CASE_WORKER)

	def test_only_for_the_coordinator(self):
		case = make_case(worker=self.worker.name)
		with self.assertRaises(frappe.PermissionError), acting_as(self.worker):
			cases.suggest_workers(case.name)
		with acting_as(self.coordinator):
			self.assertTrue(cases.suggest_workers(case.name))


class TestHandover(CaseworkTestCase):
	def test_all_open_cases_with_what_hangs_on_them(self):
		leaving = make_user(CASE_WORKER, email="leaving@example.org")
		taking = make_user(CASE_WORKER, email="taking@example.org", mobile_no="+31612349999")
		first = make_case(worker=leaving.name, deputy=taking.name)
		second = make_case(worker=self.worker.name, deputy=leaving.name)
		conflicted = make_case(make_client(phone="0612349999").name, worker=leaving.name)
		starts = add_days(now_datetime(), 3)
		appointment = make(
			"Client Appointment",
			client=first.client,
			case=first.name,
			subject="Talk",
			starts_on=starts,
			ends_on=add_to_date(starts, hours=1),
			worker=leaving.name,
		)
		with acting_as(self.coordinator):
			result = cases.hand_over(leaving.name, taking.name, "Moves to Utrecht")
		self.assertEqual(result["moved"], [first.name, second.name])
		self.assertEqual([row["case"] for row in result["kept"]], [conflicted.name])
		self.assertEqual(frappe.db.get_value("Case", first.name, ["worker", "deputy"]), (taking.name, None))
		self.assertEqual(
			frappe.db.get_value("Case", second.name, ["worker", "deputy"]), (self.worker.name, taking.name)
		)
		self.assertEqual(frappe.db.get_value("Case", conflicted.name, "worker"), leaving.name)
		self.assertEqual(frappe.db.get_value("Client Appointment", appointment.name, "worker"), taking.name)
		self.assertEqual(frappe.get_last_doc("Case Note", {"case": first.name}).kind, "Hand-over")

	def test_not_by_a_worker_nor_without_reason(self):
		with self.assertRaises(frappe.PermissionError), acting_as(self.worker):
			cases.hand_over(self.worker.name, self.deputy.name, "x")
		with self.assertRaisesRegex(frappe.ValidationError, "Say why"):
			handover.hand_over(self.worker.name, self.deputy.name, " ")


class TestLetters(CaseworkTestCase):
	def test_filled_in_and_cipher_text_in_the_database(self):
		client = make_client(first_name="Nour", preferred_language="ar")
		case = make_case(client.name, worker=self.worker.name)
		template = make(
			"Letter Template",
			letter_name="Test",
			language="ar",
			subject="{case_number}",
			body="عزيزي {client_name}، {date}",
		)
		with acting_as(self.worker):
			first = cases.letter_templates(case.name)[0]
			self.assertEqual(first["language"], "ar")
			self.assertNotIn(first["name"], first["label"])
			letter = frappe.get_doc("Case Letter", cases.write_letter(case.name, template.name))
		self.assertEqual(letter.subject, case.name)
		self.assertIn("Nour Voorbeeld", letter.body)
		self.assertNotIn("Nour", frappe.db.sql("select body from `tabCase Letter` where name = %s", letter.name)[0][0])

	def test_an_unknown_word_is_named(self):
		with self.assertRaisesRegex(frappe.ValidationError, "clientname"):
			letters.fill_in("Dear {clientname}", {"client_name": "x"})
		self.assertEqual(letters.fill_in("{client_name}", {"client_name": "{date}"}), "{date}")

	def test_not_in_a_foreign_case(self):
		case = make_case(worker=self.worker.name)
		with self.assertRaises(frappe.PermissionError), acting_as(self.deputy):
			cases.write_letter(case.name, "x")


class TestTimeline(CaseworkTestCase):
	def test_in_order_and_for_who_may_read(self):
		case = make_case(worker=self.worker.name)
		make("Case Note", case=case.name, text="First talk", minutes=20)
		make("Case Deadline", case=case.name, title="Objection", due_on=add_days(nowdate(), 9))
		with acting_as(self.worker):
			rows = case_timeline.of_case(frappe.get_doc("Case", case.name))
		self.assertEqual([row["doctype"] for row in rows], ["Case Deadline", "Case Note", ""])
		self.assertIn(self.worker.full_name, rows[2]["text"])
		self.assertNotIn("@", " ".join(row["text"] for row in rows), "people by their names")
		self.assertEqual(frappe.db.get_value("Case", case.name, "minutes_spent"), 20)


class TestReferralLinks(CaseworkTestCase):
	def setUp(self):
		self.partner = make_partner(frappe.generate_hash(length=8), accepts_referrals=1)
		client = make_client()
		self.consent = make_consent(client.name)
		self.referral = make(
			"Referral", partner=self.partner.name, client=client.name, consent=self.consent.name, topic="Debt help"
		)

	def test_the_partner_accepts_and_reports(self):
		secret = referral_links.new_link(self.referral)
		self.assertNotIn(secret, str(frappe.db.get_value("Referral", self.referral.name, "*", as_dict=True)))
		referral = referral_links.answer(secret, "accept", {"answered_by": "Ms De Wit", "note": "Call us"})
		self.assertEqual((referral.workflow_state, referral.answered_by), ("Accepted", "Ms De Wit"))
		with self.assertRaises(TransitionError):
			referral_links.answer(secret, "refuse", {"refusal_reason": "No room"})
		with self.assertRaises(TransitionError):
			referral_links.answer(secret, "result", {})
		referral = referral_links.answer(secret, "result", {"result": "Helped"})
		self.assertEqual(referral.workflow_state, "Done")
		with self.assertRaises(LinkExpiredError):
			referral_links.find(secret)

	def test_refusing_needs_a_reason(self):
		secret = referral_links.new_link(self.referral)
		with self.assertRaises(TransitionError):
			referral_links.answer(secret, "refuse", {})
		self.assertEqual(
			referral_links.answer(secret, "refuse", {"refusal_reason": "No room"}).workflow_state, "Refused"
		)

	def test_guessed_old_and_replaced_links(self):
		first = referral_links.new_link(self.referral)
		second = referral_links.new_link(self.referral)
		for secret in (first, "", "x", "a" * 43, second[:-1], second + "a"):
			with self.assertRaises(LinkExpiredError):
				referral_links.find(secret)
		self.referral.db_set("link_expires_on", add_to_date(now_datetime(), seconds=-1))
		with self.assertRaises(LinkExpiredError):
			referral_links.find(second)

	def test_nothing_goes_out_after_the_consent_ended(self):
		self.consent.withdrawn_on = nowdate()
		self.consent.save()
		self.referral.reload()
		with self.assertRaisesRegex(frappe.ValidationError, "expired or was withdrawn"):
			referral_links.send(self.referral)

	def test_silent_partners_are_reminded_twice_at_most(self):
		referral_links.new_link(self.referral)
		self.referral.db_set("sent_on", "2030-01-01 10:00:00")
		self.consent.db_set("valid_until", "2031-01-01")
		counts = []
		for day in ("2030-01-03", "2030-01-10", "2030-01-11", "2030-01-20", "2030-01-30"):
			self.referral.db_set("sent_on", "2030-01-01 10:00:00")
			referral_links.remind_silent_partners(frappe.utils.getdate(day))
			counts.append(frappe.db.get_value("Referral", self.referral.name, "reminders") or 0)
		self.assertEqual(counts, [0, 1, 1, 2, 2])


class TestAppointmentFeed(CaseworkTestCase):
	def test_own_appointments_without_a_name_by_an_address_that_can_be_replaced(self):
		client = make_client(first_name="Nooitnoemen")
		starts = add_days(now_datetime(), 2)
		values = {
			"client": client.name,
			"subject": "Town hall",
			"starts_on": starts,
			"ends_on": add_to_date(starts, hours=1),
		}
		make("Client Appointment", worker=self.worker.name, **values)
		make("Client Appointment", worker=self.deputy.name, **{**values, "subject": "Not mine"})
		with acting_as(self.worker):
			address = cases.new_calendar_address()
		secret = address.rsplit("/", 1)[1].removesuffix(".ics")
		feed = appointment_feed.as_ical(appointment_feed.user_of(secret))
		self.assertIn("Town hall", feed)
		self.assertNotIn("Not mine", feed)
		self.assertNotIn("Nooitnoemen", feed)
		with acting_as(self.worker):
			cases.new_calendar_address()
		self.assertIsNone(appointment_feed.user_of(secret))
		self.assertIsNone(appointment_feed.user_of("x"))
