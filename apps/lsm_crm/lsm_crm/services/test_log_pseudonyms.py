"""Pseudonyms kept by a web process: found again without asking, forgotten when a key is destroyed, here or beside it."""

from contextlib import contextmanager
from unittest.mock import patch

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.services import log_pseudonyms

PERSON = ("Client", "a-made-up-number")


@contextmanager
def as_web_process():
	"""What was asked for is kept in requests only; nothing is committed here."""
	with (
		patch.object(frappe.local, "request", object(), create=True),
		patch.object(frappe.db, "commit"),
		patch.dict(log_pseudonyms._kept, clear=True),
	):
		yield


class TestLogPseudonyms(FrappeTestCase):
	def test_asked_for_once(self):
		with as_web_process():
			first = log_pseudonyms.of([PERSON])
			with patch.object(log_pseudonyms, "_stored", side_effect=AssertionError("asked again")):
				self.assertEqual(log_pseudonyms.of([PERSON]), first)

	def test_a_destroyed_key_is_forgotten(self):
		with as_web_process():
			first = log_pseudonyms.of([PERSON])
			log_pseudonyms.forget(*PERSON)
			self.assertEqual(log_pseudonyms.known(*PERSON), "nobody")
			self.assertNotEqual(log_pseudonyms.of([PERSON]), first)

	def test_another_process_beside_it_forgets_too(self):
		with as_web_process():
			first = log_pseudonyms.of([PERSON])
			frappe.db.delete("Log Pseudonym", {"record": PERSON[1]})  # done elsewhere: this process is not told
			self.assertEqual(log_pseudonyms.of([PERSON]), first)
			log_pseudonyms.tell_others()
			self.assertNotEqual(log_pseudonyms.of([PERSON]), first)

	def test_a_job_keeps_nothing(self):
		with patch.object(frappe.local, "request", None, create=True), patch.dict(log_pseudonyms._kept, clear=True):
			log_pseudonyms.of([PERSON])
			self.assertEqual(log_pseudonyms._kept, {})
