"""What a list may be asked with: allowed and refused forms of fields, filters and order."""

import json

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.guard import filter_values, queries
from lsm_crm.guard.call import Call, from_request
from lsm_crm.guard.decide import groups_of
from lsm_crm.guard.errors import NotAllowedError
from lsm_crm.guard.origin import is_own_path

ALLOWED = (
	{"fields": '["name", "`tabUser`.`full_name`", "count(name) as total", "*"]'},
	{"fields": '["`tabHas Role`.`role` as role"]'},
	{"filters": '[["User", "name", "like", "%a%"], ["enabled", "=", 1]]'},
	{"filters": '{"enabled": 1, "name": ["in", ["a", "b"]]}'},
	{"filters": '[["Has Role", "role", "=", "x"]]'},
	{"order_by": "`tabUser`.`modified` desc, name asc"},
	{"group_by": "`tabUser`.`language`"},
	{"limit_start": "0", "limit_page_length": 20, "start": 0, "page_length": "500", "limit": ""},
	{
		"fields": '["language"]',
		"group_by": "language",
		"order_by": "_aggregate_column desc",
		"aggregate_function": "count",
		"aggregate_on_field": "name",
		"aggregate_on_doctype": "User",
	},
	{"fields": '["count(name) as total"]', "order_by": "total desc", "group_by": "language"},
	{"fields": "name"},
	{"filters": '[["User", "birth_date", "Between", null], ["creation", "between", ["2026-01-01"]]]'},
	{"filters": '[["User", "birth_date", "=", "2026-01-01"], ["last_active", ">", "2026-01-01 10:00:00"]]'},
	{"filters": '[["simultaneous_sessions", "=", "2"], ["User", "enabled", "=", 1, false]]'},
	{"user_settings": '{"last_view": "List"}', "save_user_settings": "true"},
	{"filters": '[["creation", "between", ["2026-01-01", "2026-12-31 10:00"]], ["creation", "timespan", "last week"]]'},
	{"filters": '[["birth_date", "previous", "1 month"], ["language", "is", "not set"], ["name", "in", "a,b"]]'},
)
REFUSED = (
	{"fields": '["name, (select password from __Auth) as x"]'},
	{"fields": '["sleep(5)"]'},
	{"fields": '["name\\n,password"]'},
	{"fields": '["`tab__Auth`.`password`"]'},
	{"fields": '["full_name.name"]'},
	{"fields": '[["name", "=", "x"]]'},
	{"fields": '{"name": 1}'},
	{"filters": "1=1 or name like '%'"},
	{"filters": '["name", "owner"]'},
	{"filters": '[["ifnull(name, \'\')", "=", "x"]]'},
	{"filters": '[["name", "= 1 or 1 =", "x"]]'},
	{"filters": '[["Client", "name", "=", "x"]]'},
	{"filters": '[["name", "=", {"a": 1}]]'},
	{"order_by": "(select 1)"},
	{"order_by": "name; drop table tabUser"},
	{"order_by": "name desc -- "},
	{"order_by": "name\n"},
	{"group_by": "name having 1=1"},
	{"group_by": "name with rollup"},
	{"debug": "1"},
	{"ignore_permissions": "1"},
	{"user": "Administrator"},
	{"join": "right join"},
	{"pluck": "password"},
	{"parent": "User"},
	{"aggregate_function": "sleep(1)"},
	{"aggregate_function": "count"},
	{"aggregate_function": "count", "aggregate_on_field": "name", "aggregate_on_doctype": "User"},
	{"order_by": "no_such_field desc"},
	{"group_by": "no_such_field"},
	{"filters": '[{"enabled": 1}]'},
	{"filters": '[["name", "x"]]'},
	{"filters": '[[null, "name", "=", "x"]]'},
	{"filters": '[["`enabled`", "=", "x"]]'},
	{"filters": '[["role_profile_name.name", "=", "x"]]'},
	{"page_len": 5},
	{"with_link_titles": 1},
	{"limit_page_length": "-18818"},
	{"limit_page_length": "1e309"},
	{"limit": 10**10},
	{"start": True},
	{"page_length": "٣"},
	{"fieldname": "name"},
	{"title": "x"},
	{"file_format_type": "CSV"},
	{"user_settings": "[]"},
	{"save_user_settings": "x"},
)
# of the right form, but not to be compared like this
UNUSABLE = (
	["creation", "between", True],
	["creation", "between", ["2026-13-45", "x"]],
	["creation", "between", ["2026-01-01", "9999-12-31"]],
	["creation", "between", ["0000-00-00", "0000-00-00"]],
	["no_such_field", "=", "x"],
	["last_active", ">", "abc"],
	["birth_date", "=", "0000-00-00"],
	["birth_date", "=", 5],
	["birth_date", "=", "99999999999999999999999"],
	["simultaneous_sessions", "=", "nan"],
	["simultaneous_sessions", ">", "1e309"],
	["name", "=", float("nan")],
	["creation", "between", [None, None]],
	["name", "between", ["a", "b"]],
	["creation", "timespan", "last age"],
	["name", "timespan", "last week"],
	["creation", "previous", "1 hour"],
	["enabled", "is", True],
	["language", "is", ""],
	["name", "in", True],
	["name", "=", ["a", "b"]],
	["name", "like", ["a"]],
	["name", "descendants of", "x"],
	["language", "ancestors of", "nl"],
)


class TestQueries(FrappeTestCase):
	call = Call("function", "frappe.desk.reportview.get")

	def test_allowed(self):
		for form in ALLOWED:
			with self.subTest(form=form):
				queries.check(self.call, frappe._dict(form), "User")

	def test_refused(self):
		for form in REFUSED:
			with self.subTest(form=form), self.assertRaises(NotAllowedError):
				queries.check(self.call, frappe._dict(form), "User")

	def test_values_that_cannot_be_compared(self):
		for one in UNUSABLE:
			with self.subTest(filter=one), self.assertRaisesRegex(frappe.ValidationError, "filter on"):
				queries.check(self.call, frappe._dict(filters=json.dumps([one])), "User")

	def test_a_tree_is_searched_by_its_nodes(self):
		area = frappe.get_all("Area", limit=1, pluck="name")[0]
		for value, usable in ((area, True), ("", True), ("no such area", False)):
			self.assertIs(filter_values.is_usable("Area", "name", "descendants of", value), usable)

	def test_of_what_there_is_one_there_is_no_list(self):
		with self.assertRaises(NotAllowedError):
			queries.check(self.call, frappe._dict(), "LSM Settings")
		queries.check(Call("function", queries.VALUE), frappe._dict(), "LSM Settings")

	def test_numbers_of_rows_are_numbers(self):
		form = frappe._dict(limit_start="20", page_length="5", limit_page_length="")
		queries.check(self.call, form, "User")
		self.assertEqual(form, {"limit_start": 20, "page_length": 5, "limit_page_length": 0})

	def test_one_field_by_its_name_is_a_list_of_it(self):
		form = frappe._dict(fields="name")
		queries.check(self.call, form, "User")
		self.assertEqual(form.fields, '["name"]')

	def test_a_time_is_a_time(self):
		for value, usable in (("10:30", True), ("25:00", False), ("x", False), (None, False), (5, False)):
			self.assertIs(filter_values.is_usable("Walk-in Hour", "starts_at", "=", value), usable, value)

	def test_what_single_functions_know_besides(self):
		export = queries.KEYS_OF["frappe.desk.reportview.export_query"]
		queries.check(self.call, frappe._dict(title="x", file_format_type="CSV"), "User", export)


class TestCalls(FrappeTestCase):
	def test_named_as_the_framework_dispatches(self):
		cases = (
			("GET", "/api/method/ping", {}, "frappe.handler.ping"),
			("POST", "/", {"cmd": "frappe.client.get"}, "frappe.client.get"),
			("POST", "/api/method/ping", {"cmd": "frappe.client.get"}, "frappe.client.get"),
			("POST", "/api/method/runserverobj", {}, "frappe.handler.run_doc_method"),
			("GET", "/api/v1/method/frappe.client.get", {}, "frappe.client.get"),
		)
		for method, path, form, name in cases:
			self.assertEqual(from_request(method, path, form).name, name)

	def test_rest(self):
		call = from_request("DELETE", "/api/resource/User/a%b", {})
		self.assertEqual((call.doctype, call.document, call.action), ("User", "a%b", "delete"))
		call = from_request("GET", "/api/resource/User/a", {"run_method": "save"})
		self.assertEqual((call.doc_method, call.action), ("save", "doc_method"))

	def test_unknown_address_is_refused(self):
		for path in ("/api/v2/document/User", "/api/", "/api/resource", "/api/method"):
			with self.subTest(path=path), self.assertRaises(NotAllowedError):
				from_request("GET", path, {})


class TestOwnPath(FrappeTestCase):
	def test_redirects(self):
		for path in ("/app", "/app/case?x=1", "/"):
			self.assertTrue(is_own_path(path))
		for path in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/\tevil", "app"):
			self.assertFalse(is_own_path(path))


class TestGroups(FrappeTestCase):
	def test_administrator_is_nobodys_program(self):
		"""The framework gives Administrator every role there is, that of programs too."""
		self.assertIn("administrator", groups_of("Administrator"))
		self.assertNotIn("integration", groups_of("Administrator"))

	def test_a_visitor_is_a_guest_and_nothing_more(self):
		self.assertEqual(groups_of("Guest"), {"guest"})
