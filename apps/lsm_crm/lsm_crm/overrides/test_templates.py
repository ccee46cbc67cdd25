"""Templates that staff write: fields of the record, and nothing else."""

from frappe.tests.utils import FrappeTestCase

from lsm_crm.overrides.templates import unsafe

ALLOWED = (
	"Dear {{ doc.first_name }}, {{ doc.due_on | default('soon') }}",
	"{% if doc.worker %}{{ frappe.format_date(doc.opened_on) }}{% endif %}",
	"{% for row in doc.topics %}{{ row.topic | e }}{% endfor %}",
	"no template at all",
	"{{ _('Hello') }}",
)
REFUSED = (
	"{{ frappe.get_all('Client') }}",
	"{{ frappe.db.sql('select 1') }}",
	"{{ ''.__class__.__mro__ }}",
	"{{ doc['__class__'] }}",
	"{{ doc.meta.fields }}",
	"{{ doc | attr('owner') }}",
	"{% include 'templates/web.html' %}",
	"{{ frappe.get_doc('User', 'Administrator').api_secret }}",
	"{{ lipsum.__globals__ }}",
	"{{ cycler('a') }}",
	"{{ (doc.get)('x')('y') }}",
	"{{ doc.name",
)


class TestTemplates(FrappeTestCase):
	def test_allowed(self):
		for text in ALLOWED:
			with self.subTest(text=text):
				self.assertIsNone(unsafe(text))

	def test_refused(self):
		for text in REFUSED:
			with self.subTest(text=text):
				self.assertTrue(unsafe(text))
