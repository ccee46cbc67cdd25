from frappe.tests.utils import FrappeTestCase

from lsm_crm.services import social_map
from lsm_crm.tests.factories import make


class TestSocialMap(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		monday = [{"weekday": "Monday", "opens_at": "09:00:00", "closes_at": "12:30:00"}]
		make(
			"Partner Organisation",
			organisation_name="Map One",
			topics=[{"topic": "Debt help"}],
			languages=[{"language": "ar"}],
			areas=[{"area": "Leiden Zuid-West"}],
			opening_hours=monday,
		)
		make("Partner Organisation", organisation_name="Map Everywhere", topics=[{"topic": "Debt help"}])
		make("Partner Organisation", organisation_name="Map Closed", topics=[{"topic": "Debt help"}], disabled=1)

	def found(self, **filters) -> set[str]:
		return {row["name"] for row in social_map.find(**filters) if row["name"].startswith("Map ")}

	def test_by_each_filter_and_together(self):
		self.assertEqual(self.found(topic="Debt help"), {"Map One", "Map Everywhere"})
		self.assertEqual(self.found(language="ar"), {"Map One"})
		self.assertEqual(self.found(weekday="Monday"), {"Map One"})
		self.assertEqual(self.found(area="Boshuizen"), {"Map One", "Map Everywhere"})
		self.assertEqual(self.found(area="Merenwijk"), {"Map Everywhere"})
		self.assertEqual(self.found(topic="Debt help", language="ti"), set())
		self.assertEqual(self.found(text="everywh"), {"Map Everywhere"})

	def test_words_and_hours(self):
		row = next(row for row in social_map.find(language="ar") if row["name"] == "Map One")
		self.assertEqual((row["topics"], row["hours"]), ("Debt help", "Monday 09:00–12:30"))

	def test_the_number_of_queries_does_not_grow(self):
		with self.assertQueryCount(5):
			social_map.find(topic="Debt help")
