"""From the role table to the permission rows in the DocTypes' JSON files. Works without a site."""

import json
from datetime import datetime
from pathlib import Path

from lsm_crm import permission_table

APP = Path(__file__).resolve().parent.parent


def doctype_files() -> list[Path]:
	"""JSON files of all DocTypes of the app."""
	return sorted(path for path in APP.glob("lsm_*/doctype/*/*.json") if path.stem == path.parent.name)


def rows_for(doctype: str) -> list[dict]:
	"""Permission rows as the framework exports them, by role."""
	rows = []
	for role, entry in sorted(permission_table.load().get(doctype, {}).items()):
		row = {action: 1 for action in permission_table.ACTIONS if action in entry["actions"]}
		rows.append(dict(sorted({**row, "role": role}.items())))
	return rows


def write_all(dry_run: bool = False) -> list[str]:
	"""Bring every file in line with the role table; return the names of those that differed."""
	changed = []
	for path in doctype_files():
		content = json.loads(path.read_text(encoding="utf-8"))
		if content.get("istable"):
			continue
		rows = rows_for(content["name"])
		if content.get("permissions") == rows:
			continue
		changed.append(content["name"])
		if not dry_run:
			content["permissions"] = rows
			content["modified"] = str(datetime.now())
			path.write_text(json.dumps(content, indent=1, ensure_ascii=True, sort_keys=True) + "\n", encoding="utf-8")
	return changed


def unknown_doctypes() -> list[str]:
	"""DocTypes in the role table that the app does not have."""
	names = {json.loads(path.read_text(encoding="utf-8"))["name"] for path in doctype_files()}
	return sorted(set(permission_table.load()) - names)
