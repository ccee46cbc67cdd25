"""List side and document side of each row rule agree, and the JSON files say what the role table says."""

import frappe
from frappe.tests.utils import FrappeTestCase

from lsm_crm import permission_table, permissions
from lsm_crm.constants import ROLES
from lsm_crm.services import permission_rows
from lsm_crm.tests.factories import acting_as, make_user


class TestRoleTable(FrappeTestCase):
	def test_the_files_hold_what_the_table_says(self):
		self.assertEqual(permission_rows.write_all(dry_run=True), [])

	def test_every_doctype_of_the_app_stands_in_the_table(self):
		names = set(
			frappe.get_all("DocType", {"module": ("in", frappe.get_module_list("lsm_crm")), "istable": 0}, pluck="name")
		)
		self.assertEqual(names - set(permission_table.load()), set())
		self.assertEqual(permission_rows.unknown_doctypes(), [])

	def test_every_role_and_rule_in_the_table_exists(self):
		for doctype, roles in permission_table.load().items():
			for role, entry in roles.items():
				self.assertIn(role, ROLES)
				if entry["rows"] != "all":
					table = frappe.qb.DocType(doctype)
					self.assertTrue(str(permissions.get_rule(entry["rows"])(table, "someone@example.org")))

	def test_the_site_has_these_rows_and_nobody_else_s(self):
		for doctype, roles in permission_table.load().items():
			if frappe.db.exists("DocType", doctype):
				self.assertEqual(set(frappe.get_all("DocPerm", {"parent": doctype}, pluck="role")), set(roles), doctype)

	def test_list_and_document_side_agree(self):
		for role in ROLES:
			user = make_user(role)
			for doctype in permission_table.row_ruled_doctypes():
				if role not in permission_table.load()[doctype] or not frappe.db.table_exists(doctype):
					continue
				with acting_as(user):
					listed = set(frappe.get_list(doctype, pluck="name", limit=0))
				names = frappe.get_all(doctype, pluck="name", limit=50)
				alone = {name for name in names if permissions.may_see_row(doctype, name, user.name)}
				self.assertEqual(alone, listed & set(names), f"{role}, {doctype}")

	def test_a_user_without_a_role_sees_no_row(self):
		user = make_user()
		for doctype in permission_table.row_ruled_doctypes():
			condition = permissions.query_conditions(doctype, user.name)
			self.assertTrue(condition, doctype)
			seen = frappe.db.sql(f"select count(*) from `tab{doctype}` where {condition}")[0][0]
			self.assertEqual(seen, 0, doctype)

	def test_odd_account_names_are_refused(self):
		with self.assertRaises(frappe.PermissionError):
			permissions.query_conditions("Case", "a\\' or 1=1 -- @example.org")
