import frappe
from frappe import _
from frappe.core.doctype.translation.translation import clear_user_translation_cache
from frappe.desk.search import search_widget
from frappe.tests.utils import FrappeTestCase

from lsm_crm.services import terms

DUTCH = "Huisdieren en dierenarts"


class TestTerms(FrappeTestCase):
	def setUp(self):
		frappe.db.savepoint("no_topic")
		self.addCleanup(clear_user_translation_cache, "nl")
		self.addCleanup(frappe.db.rollback, save_point="no_topic")
		self.topic = frappe.get_doc(
			{"doctype": "Help Topic", "topic_name": "Pets and vets", "dutch_name": DUTCH}
		).insert()

	def test_a_new_word_is_dutch_for_dutch_readers_only(self):
		self.assertEqual(_("Pets and vets", lang="nl"), DUTCH)
		self.assertEqual(_("Pets and vets", lang="en"), "Pets and vets")

	def test_a_changed_word_is_kept_once(self):
		self.topic.dutch_name = "Dieren"
		self.topic.save()
		self.assertEqual(_("Pets and vets", lang="nl"), "Dieren")
		self.assertEqual(frappe.db.count("Translation", {"source_text": "Pets and vets"}), 1)

	def test_what_the_program_translates_itself_is_not_kept_twice(self):
		frappe.get_doc("Help Topic", "Debt help").save()
		self.assertFalse(frappe.db.exists("Translation", {"source_text": "Debt help"}))

	def test_a_word_is_found_by_its_dutch_name(self):
		frappe.local.lang = "nl"
		found = search_widget("Help Topic", "dierenarts")
		self.assertIn("Pets and vets", [row[0] for row in found or frappe.response["values"]])

	def test_nothing_stays_after_uninstalling(self):
		terms.forget_all()
		self.assertFalse(frappe.db.exists("Translation", {"source_text": "Pets and vets"}))
