"""Places: who may take one, giving back, the reserve list, swapping, language needs, attendance."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.exceptions import ShiftRefusedError
from lsm_crm.services import shift_places
from lsm_crm.tests import factories


class TestShiftPlace(FrappeTestCase):
	def setUp(self):
		self.one = factories.make_active_volunteer()
		self.two = factories.make_active_volunteer()

	def tearDown(self):
		frappe.db.rollback()

	def refused(self, sentence, shift, volunteer):
		with self.assertRaisesRegex(ShiftRefusedError, sentence):
			shift_places.take(shift.name, volunteer.name)

	def test_taking_fills_the_shift_and_the_next_waits(self):
		shift = factories.make_shift(places=1)
		place = shift_places.take(shift.name, self.one.name)
		shift.reload()
		self.assertEqual((shift.taken, shift.state), (1, "Full"))
		self.refused("All places", shift, self.two)
		waiting = shift_places.join_reserve(shift.name, self.two.name)
		self.assertEqual(shift_places.give_back(place.name), waiting.name)
		waiting.reload()
		self.assertEqual((waiting.state, waiting.made_by), ("Taken", "Reserve List"))

	def test_reasons_why_not(self):
		shift = factories.make_shift(places=5)
		shift_places.take(shift.name, self.one.name)
		self.refused("already", shift, self.one)
		self.refused("overlaps", factories.make_shift(start="2030-03-05 19:00:00"), self.one)
		self.refused("too little rest", factories.make_shift(start="2030-03-06 05:00:00"), self.one)
		shift_places.take(factories.make_shift(start="2030-03-05 21:00:00", hours=1).name, self.one.name)
		shift_places.take(factories.make_shift(start="2030-03-06 18:00:00").name, self.one.name)
		self.refused("for the role Tutor", factories.make_shift(role="Tutor"), self.two)
		self.refused("begun", factories.make_shift(start="2020-01-01 10:00:00"), self.two)
		applicant = factories.make_volunteer()
		self.refused("Only active", factories.make_shift(start="2030-04-01 10:00:00"), applicant)

	def test_expired_screening_refuses_or_only_tells(self):
		item = frappe.get_doc("Screening Item", {"volunteer": self.one.name, "requirement": "Agreement"})
		item.valid_until = "2029-12-31"
		item.save()
		self.refused("Agreement for the role Cook is no longer valid", factories.make_shift(), self.one)
		shift_places.take(factories.make_shift(start="2029-12-30 10:00:00").name, self.one.name)
		worker = factories.make_active_volunteer(["Socio-legal worker"])
		training = frappe.get_doc("Screening Item", {"volunteer": worker.name, "requirement": "Training"})
		training.valid_until = "2029-12-31"
		training.save()
		shift_places.take(factories.make_shift(role="Socio-legal worker").name, worker.name)

	def test_last_places_are_kept_for_the_language(self):
		shift = factories.make_shift(
			places=2, languages=[{"language": "ti", "skill": "Speaking", "level": "Good", "people": 1}]
		)
		speaker = factories.make_active_volunteer(languages=[{"language": "ti", "speaking": "Mother Tongue"}])
		shift_places.take(shift.name, self.one.name)
		self.refused("kept for someone who speaks", shift, self.two)
		shift_places.take(shift.name, speaker.name)

	def test_swapping(self):
		mine = shift_places.take(factories.make_shift(start="2030-05-01 10:00:00", places=1).name, self.one.name)
		shift_places.take(factories.make_shift(start="2030-05-01 11:00:00", places=1).name, self.two.name)
		with self.assertRaisesRegex(ShiftRefusedError, "no longer offered"):
			shift_places.take_over(mine.name, self.two.name)
		shift_places.offer(mine.name)
		self.assertEqual(frappe.db.get_value("Volunteer Shift", mine.shift, "taken"), 1)
		with self.assertRaisesRegex(ShiftRefusedError, "overlaps"):
			shift_places.take_over(mine.name, self.two.name)
		frappe.db.rollback()

	def test_swapping_in_return(self):
		mine = shift_places.take(factories.make_shift(start="2030-05-01 10:00:00", places=1).name, self.one.name)
		theirs = shift_places.take(factories.make_shift(start="2030-05-01 11:00:00", places=1).name, self.two.name)
		shift_places.offer(mine.name)
		shift_places.take_over(mine.name, self.two.name, in_return=theirs.name)
		holders = {
			p.shift: p.volunteer
			for p in frappe.get_all(
				"Shift Place", {"state": "Taken", "shift": ("in", (mine.shift, theirs.shift))}, ["shift", "volunteer"]
			)
		}
		self.assertEqual(holders, {mine.shift: self.two.name, theirs.shift: self.one.name})

	def test_pausing_frees_coming_shifts(self):
		shift = factories.make_shift(places=1)
		shift_places.take(shift.name, self.one.name)
		shift_places.join_reserve(shift.name, self.two.name)
		self.one.reload()
		self.one.update({"workflow_state": "Paused", "pause_reason": "Travel"})
		self.one.save()
		self.assertEqual(
			frappe.db.get_value("Shift Place", {"shift": shift.name, "state": "Taken"}, "volunteer"), self.two.name
		)

	def test_attendance_makes_hours_that_wait_for_approval(self):
		shift = factories.make_shift()
		place = shift_places.take(shift.name, self.one.name)
		with self.assertRaisesRegex(ShiftRefusedError, "not begun"):
			shift_places.mark_attendance(place.name, True)
		for name, table in ((place.name, "Shift Place"), (shift.name, "Volunteer Shift")):
			frappe.db.set_value(table, name, {"starts_at": "2026-03-05 18:00:00", "ends_at": "2026-03-05 20:30:00"})
		shift_places.mark_attendance(place.name, True)
		entry = frappe.get_doc("Hours Entry", {"shift_place": place.name})
		self.assertEqual((entry.hours, entry.state, entry.source), (2.5, "Submitted", "Attendance"))
		shift_places.mark_attendance(place.name, True)
		self.assertEqual(frappe.db.count("Hours Entry", {"shift_place": place.name}), 1)
		shift_places.mark_attendance(place.name, False)
		self.assertFalse(frappe.db.exists("Hours Entry", {"shift_place": place.name}))

	def test_a_cancelled_shift_frees_everyone_and_stays_cancelled(self):
		shift = factories.make_shift()
		place = shift_places.take(shift.name, self.one.name)
		shift.reload()
		shift.state = "Cancelled"
		shift.save()
		self.assertEqual(frappe.db.get_value("Shift Place", place.name, "state"), "Cancelled")
		shift.reload()
		shift.state = "Open"
		with self.assertRaises(frappe.ValidationError):
			shift.save()
