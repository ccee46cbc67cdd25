"""Show-when conditions of public forms: what they can say, and that nothing else is ever run."""

import unittest

from lsm_crm.public_forms import conditions


class TestConditions(unittest.TestCase):
	def test_the_part_of_the_language_that_forms_use(self):
		cases = [
			("", {}, True),
			("under_18", {"under_18": "0"}, False),
			("under_18", {"under_18": "1"}, True),
			("eval:doc.under_18 == 1", {"under_18": "1"}, True),
			("eval:doc.how != 'By Phone'", {"how": "By Phone"}, False),
			("eval:doc.a && !doc.b", {"a": "x", "b": ""}, True),
			('eval:doc.a || (doc.b === "y" && doc.c > 3)', {"b": "y", "c": "4"}, True),
			("eval:['Call Me', 'Text'].includes(doc.how)", {"how": "Text"}, True),
			("eval:['Call Me', 'Text'].includes(doc.how)", {}, False),
		]
		for text, values, expected in cases:
			with self.subTest(text, values=values):
				self.assertEqual(conditions.holds(conditions.parse(text), values), expected)

	def test_anything_else_is_refused_and_never_run(self):
		for text in (
			"eval:doc.__class__()",
			"eval:frappe.db.sql('x')",
			"eval:doc.a; doc.b",
			"eval:(",
			"a b",
			"eval:[1]",
		):
			with self.subTest(text), self.assertRaises(conditions.ConditionError):
				conditions.parse(text)
