"""The app on a bench of its own: installed from its exported repository, migrated twice, taken off again."""

from __future__ import annotations

import json
import subprocess

# Kept by the framework itself, whatever apps do.
LOGS = {
	"tabError Log",
	"tabScheduled Job Log",
	"tabActivity Log",
	"tabDeleted Document",
	"tabSessions",
	"tabVersion",
	"tabAccess Log",
	"tabComment",
	"tabPatch Log",
	"tabSeries",
	"__global_search",
	"tabWebsite Search Field",
}
SETTINGS = {
	"tabInstalled Application",
	"tabSingles",
	"tabDefaultValue",
	"tabLanguage",
	"tabNavbar Item",
	"tabUser",
	"tabDocDefault",
}
TIMES = {"creation", "modified", "last_execution", "modified_by", "owner", "last_sync", "last_updated", "last_login"}


def tables(connection) -> list[str]:
	with connection.cursor() as cursor:
		cursor.execute("SHOW TABLES")
		return sorted(row[0] for row in cursor.fetchall())


def schema(connection) -> dict[str, str]:
	"""Table -> the statement that makes it."""
	found = {}
	with connection.cursor() as cursor:
		for table in tables(connection):
			cursor.execute(f"SHOW CREATE TABLE `{table}`")
			found[table] = cursor.fetchone()[1].split(" AUTO_INCREMENT=")[0].split("ENGINE=")[0]
	return found


def contents(connection) -> dict[str, list]:
	"""Table -> its rows without times of change and without the made-up names of child rows."""
	found = {}
	with connection.cursor() as cursor:
		for table in tables(connection):
			if table in LOGS or table.startswith("__") or table.endswith("_id_seq"):
				continue
			# A single's times of change are rows of their own.
			where = " WHERE field NOT IN ('modified', 'creation')" if table == "tabSingles" else ""
			cursor.execute(f"SELECT * FROM `{table}`{where}")
			columns = [column[0] for column in cursor.description]
			left_out = TIMES | ({"name"} if "parenttype" in columns else set())
			keep = [i for i, column in enumerate(columns) if column not in left_out]
			found[table] = sorted(json.dumps([row[i] for i in keep], default=str) for row in cursor.fetchall())
	return found


def differences(before: dict, after: dict) -> dict:
	return {
		key: (before.get(key), after.get(key))
		for key in before.keys() | after.keys()
		if before.get(key) != after.get(key)
	}


def changed_rows(before: dict[str, list], after: dict[str, list]) -> dict:
	"""Table -> rows that are gone and rows that have come."""
	result = {}
	for table in before.keys() | after.keys():
		old, new = set(before.get(table, [])), set(after.get(table, []))
		if old != new or len(before.get(table, [])) != len(after.get(table, [])):
			result[table] = {"gone": sorted(old - new)[:5], "come": sorted(new - old)[:5]}
	return result


def test_the_exported_app_is_a_repository_of_its_own(exported):
	files = subprocess.run(
		["git", "-C", str(exported.app), "ls-files"], capture_output=True, text=True, check=True
	).stdout.split()
	assert {"pyproject.toml", "license.txt", "README.md", "lsm_crm/hooks.py"} <= set(files)
	assert not [name for name in files if "__pycache__" in name or name.endswith(".pyc")]
	text = (exported.app / "pyproject.toml").read_text()
	assert 'frappe = ">=15.0.0-dev,<16.0.0"' in text


def test_a_taken_name_is_refused_with_the_app_that_has_it(exported):
	with exported.database() as connection, connection.cursor() as cursor:
		cursor.execute(
			"INSERT INTO `tabDocType` (name, module, custom, creation, modified) VALUES ('Case', 'Core', 0, NOW(), NOW())"
		)
		connection.commit()
	done = exported.work("install", check=False, app="lsm_crm")
	with exported.database() as connection, connection.cursor() as cursor:
		cursor.execute("DELETE FROM `tabDocType` WHERE name = 'Case'")
		connection.commit()
	assert done.returncode != 0
	assert "Case" in done.stderr and "frappe" in done.stderr.lower()


def test_install_migrate_twice_and_uninstall(exported):
	with exported.database() as connection:
		bare_schema, bare_rows = schema(connection), contents(connection)
	exported.work("install", app="lsm_crm")
	assert exported.settings().get("encryption_key"), "the first visitors of a new site would each make one"
	exported.work("migrate")
	with exported.database() as connection:
		schema_once, rows_once = schema(connection), contents(connection)
	assert "tabCase" in schema_once and "tabCatering Order" in schema_once
	exported.work("migrate")
	with exported.database() as connection:
		assert differences(schema_once, schema(connection)) == {}
		assert changed_rows(rows_once, contents(connection)) == {}
	exported.work("uninstall", app="lsm_crm")
	with exported.database() as connection:
		remains = changed_rows(bare_rows, contents(connection))
		assert differences(bare_schema, schema(connection)) == {}
	kept = {table for table in remains if table in SETTINGS}
	other = {table: rows for table, rows in remains.items() if table not in kept}
	assert other == {}, json.dumps(other)[:3000]
	# Language and formats stay as people chose them; nothing in them names the app any more.
	assert not [row for table in kept for row in remains[table]["come"] if "lsm" in row.lower()]
