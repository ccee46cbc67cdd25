"""Proposals from stored volunteers and shifts: what is chosen, why, what stays open, and that nothing changes by itself."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.services import roster, shift_places
from lsm_crm.tests import factories

PERIOD = ("2031-03-03", "2031-03-09")  # a Monday to a Sunday


class TestRoster(FrappeTestCase):
	def setUp(self):
		frappe.db.delete("Volunteer Shift", {"starts_at": ("between", ("2031-03-01", "2031-03-31"))})
		for name in frappe.get_all("Volunteer", {"workflow_state": "Active"}, pluck="name"):
			frappe.db.set_value("Volunteer", name, "workflow_state", "Paused")

	def tearDown(self):
		frappe.db.rollback()

	def plan(self):
		return factories.make("Shift Plan", from_date=PERIOD[0], to_date=PERIOD[1])

	def test_best_person_with_reasons(self):
		shift = factories.make_shift(start="2031-03-04 18:00:00", places=1)
		near = factories.make_active_volunteer(availability=[{"weekday": "Tuesday", "day_part": "Evening"}])
		factories.make_active_volunteer()
		factories.make_active_volunteer(availability=[{"weekday": "Monday", "day_part": "Morning"}])
		factories.make_active_volunteer(["Tutor"])
		plan = self.plan()
		roster.propose_into(plan)
		self.assertEqual([(row.shift, row.volunteer) for row in plan.places], [(shift.name, near.name)])
		self.assertIn("available on Tuesday, Evening", plan.places[0].reason)
		self.assertFalse(plan.gaps)
		self.assertFalse(frappe.db.exists("Shift Place", {"shift": shift.name}))
		self.assertEqual(plan.agree(), {"placed": 1, "refused": 0})
		place = frappe.get_doc("Shift Place", {"shift": shift.name})
		self.assertEqual((place.volunteer, place.made_by), (near.name, "Planner"))

	def test_language_needed_and_a_gap_that_is_explained(self):
		needs = [{"language": "ti", "skill": "Speaking", "level": "Good", "people": 1}]
		one = factories.make_shift(start="2031-03-04 18:00:00", places=2, languages=needs)
		two = factories.make_shift(start="2031-03-05 18:00:00", places=2, languages=needs)
		speaker = factories.make_active_volunteer(languages=[{"language": "ti", "speaking": "Good"}])
		for _number in range(2):
			factories.make_active_volunteer()
		speaker_pause = frappe.get_doc("Screening Item", {"volunteer": speaker.name, "requirement": "Agreement"})
		speaker_pause.valid_until = "2031-03-04"
		speaker_pause.save()
		plan = self.plan()
		roster.propose_into(plan)
		chosen = {(row.shift, row.volunteer) for row in plan.places}
		self.assertIn((one.name, speaker.name), chosen)
		self.assertEqual(len([c for c in chosen if c[0] == two.name]), 1)
		self.assertEqual([(gap.shift, gap.missing) for gap in plan.gaps], [(two.name, 1)])
		self.assertIn("lack a language", plan.gaps[0].reason)
		self.assertIn("3 active volunteers have this role, 2 of them are screened", plan.gaps[0].reason)

	def test_work_is_shared_and_clashes_are_kept(self):
		shifts = [factories.make_shift(start=f"2031-03-0{day} 18:00:00", places=1) for day in (4, 5, 6)]
		factories.make_shift(start="2031-03-04 19:00:00", places=1)
		people = [factories.make_active_volunteer().name for _number in range(2)]
		shift_places.take(factories.make_shift(start="2031-03-06 19:00:00", places=1).name, people[0])
		proposal = roster.propose(*PERIOD)
		counts = [len([c for c in proposal.choices if c.volunteer == person]) for person in people]
		self.assertEqual(sorted(counts), [2, 2])
		self.assertEqual(next(c.volunteer for c in proposal.choices if c.shift == shifts[2].name), people[1])
		tuesday = [c.volunteer for c in proposal.choices if c.shift in (shifts[0].name,)]
		self.assertEqual(len(set(tuesday)), 1)

	def test_what_became_impossible_says_so(self):
		shift = factories.make_shift(start="2031-03-04 18:00:00", places=1)
		person = factories.make_active_volunteer()
		plan = self.plan()
		roster.propose_into(plan)
		person.reload()
		person.update({"workflow_state": "Paused", "pause_reason": "Ill"})
		person.save()
		self.assertEqual(plan.agree(), {"placed": 0, "refused": 1})
		plan.reload()
		self.assertIn("Only active", plan.places[0].outcome)
		self.assertFalse(frappe.db.exists("Shift Place", {"shift": shift.name}))

	def test_reads_in_a_fixed_number_of_queries(self):
		def queries():
			seen = []
			original = frappe.db.sql
			frappe.db.sql = lambda *args, **kwargs: (seen.append(args[0]), original(*args, **kwargs))[1]
			try:
				roster.propose(*PERIOD)
			finally:
				frappe.db.sql = original
			return len(seen)

		factories.make_shift(start="2031-03-04 18:00:00", places=1)
		factories.make_active_volunteer()
		roster.propose(*PERIOD)
		few = queries()
		for day in (4, 5, 6):
			factories.make_shift(start=f"2031-03-0{day} 12:00:00", places=1)
		factories.make_active_volunteer()
		self.assertEqual(queries(), few)
