"""What a list may be asked with: allowed and refused forms of fields, filters and order."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm.guard import queries
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
