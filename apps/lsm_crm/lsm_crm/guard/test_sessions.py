"""How far ahead of this machine's clock a session may have been used."""

from datetime import timedelta
from unittest.mock import patch

from frappe.tests.utils import FrappeTestCase
from frappe.utils import get_datetime_str, now_datetime

from lsm_crm.guard import sessions


class TestMomentOfUse(FrappeTestCase):
	def test_past_and_clocks_that_differ_a_little_are_believed(self):
		for ahead in (-86_400, 0, sessions.MOST_SECONDS - 5):
			used = now_datetime() + timedelta(seconds=ahead)
			for written in (used, get_datetime_str(used), used.isoformat()):
				self.assertTrue(sessions._is_believed(written), written)

	def test_the_future_is_not(self):
		for ahead in (sessions.MOST_SECONDS + 5, 86_400):
			used = now_datetime() + timedelta(seconds=ahead)
			for written in (used, get_datetime_str(used), used.isoformat()):
				self.assertFalse(sessions._is_believed(written), written)

	def test_a_clock_that_went_back_makes_a_use_of_today_one_of_the_future(self):
		used = get_datetime_str(now_datetime())
		self.assertTrue(sessions._is_believed(used))
		with patch.object(sessions.clock, "now", return_value=now_datetime() - timedelta(days=1)):
			self.assertFalse(sessions._is_believed(used))
