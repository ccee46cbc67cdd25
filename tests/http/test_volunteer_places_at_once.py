"""Two people press at the same moment: one gets the last place, the other a sentence. Real transactions, no stand-ins."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support import BENCH

PAIRS = 12


@pytest.fixture(scope="module")
def people(frappe_site):
	from lsm_crm.tests import factories

	made = [factories.make_active_volunteer().name for _number in range(2)]
	frappe_site.db.commit()
	return made


def take_in_a_thread(shift: str, volunteer: str) -> str:
	"""One request's worth of work on a connection of its own."""
	import frappe

	from lsm_crm.exceptions import ShiftRefusedError
	from lsm_crm.services import shift_places

	os.chdir(BENCH.sites)
	frappe.init(site=BENCH.site, sites_path=".", force=True)
	frappe.connect()
	try:
		shift_places.take(shift, volunteer)
		frappe.db.commit()
		return "taken"
	except (ShiftRefusedError, frappe.QueryDeadlockError, frappe.UniqueValidationError) as refused:
		frappe.db.rollback()
		return type(refused).__name__
	finally:
		frappe.destroy()


def test_the_last_place_goes_to_one(people, frappe_site, rows):
	from lsm_crm.tests import factories

	for pair in range(PAIRS):
		shift = factories.make_shift(start=f"2034-0{1 + pair // 10}-{1 + 2 * (pair % 10):02} 18:00:00", places=1).name
		frappe_site.db.commit()
		with ThreadPoolExecutor(2) as pool:
			results = list(pool.map(take_in_a_thread, (shift, shift), people))
		assert sorted(results) == ["ShiftRefusedError", "taken"], results
		assert len(rows("Shift Place", {"shift": shift, "state": "Taken"})) == 1
		assert rows("Volunteer Shift", {"name": shift}, ["taken", "state"])[0] == {"taken": 1, "state": "Full"}


def test_one_person_cannot_take_two_shifts_that_overlap(people, frappe_site, rows):
	from lsm_crm.tests import factories

	for pair in range(PAIRS):
		day = f"2035-0{1 + pair // 10}-{1 + 2 * (pair % 10):02}"
		shifts = [factories.make_shift(start=f"{day} {hour}:00:00").name for hour in (18, 19)]
		frappe_site.db.commit()
		with ThreadPoolExecutor(2) as pool:
			results = list(pool.map(take_in_a_thread, shifts, (people[0], people[0])))
		assert results.count("taken") == 1, results
		assert len(rows("Shift Place", {"shift": ("in", shifts), "volunteer": people[0], "state": "Taken"})) == 1
