"""The data model and the role table as pages, written from the DocTypes' JSON and the role table. Works without a site."""

import ast
import json
from collections import defaultdict
from pathlib import Path

from lsm_crm import permission_table
from lsm_crm.constants import MODULES, ROLES
from lsm_crm.row_rules import PARTS
from lsm_crm.services.permission_rows import APP, doctype_files

LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading")
LINKS = ("Link", "Table", "Table MultiSelect")
LETTERS = {
	"select": "s",
	"read": "r",
	"write": "w",
	"create": "c",
	"delete": "d",
	"print": "p",
	"email": "m",
	"report": "l",
	"import": "i",
	"export": "x",
}
MADE = "<!-- Written by `./lsm bench lsm-write-docs` from the DocTypes and the role table; do not edit. -->"


def pages() -> dict[str, str]:
	"""{file name: text} of every page."""
	doctypes = [json.loads(path.read_text(encoding="utf-8")) for path in doctype_files()]
	return {"data-model.md": data_model(doctypes), "roles.md": roles(doctypes)}


def write(folder: Path, dry_run: bool = False) -> list[str]:
	"""Write the pages that differ into the folder; return their names."""
	changed = []
	for name, text in pages().items():
		path = folder / name
		if path.exists() and path.read_text(encoding="utf-8") == text:
			continue
		changed.append(name)
		if not dry_run:
			path.write_text(text, encoding="utf-8")
	return changed


def docs_folder() -> Path:
	"""`docs/` of the repository that the app stands in."""
	return APP.parents[2] / "docs"


def data_model(doctypes: list[dict]) -> str:
	"""Every DocType by module: how it is named, its fields, what it links to, its states."""
	by_module = defaultdict(list)
	for doctype in doctypes:
		by_module[doctype["module"]].append(doctype)
	parts = [
		"# Data model",
		"",
		MADE,
		"",
		f"{len(doctypes)} DocTypes. Rows of a table stand with the DocType that holds them.",
	]
	for module in MODULES:
		parts += ["", f"## {module}"]
		for doctype in sorted(by_module[module], key=lambda d: d["name"]):
			if not doctype.get("istable"):
				parts += ["", *_doctype(doctype, {d["name"]: d for d in doctypes})]
	return "\n".join(parts) + "\n"


def _doctype(doctype: dict, known: dict[str, dict]) -> list[str]:
	lines = [f"### {doctype['name']}"]
	about = []
	if doctype.get("description"):
		about.append(doctype["description"])
	if doctype.get("issingle"):
		about.append("One record of settings.")
	elif doctype.get("autoname"):
		about.append(f"Named `{doctype['autoname']}`.")
	if doctype.get("is_tree"):
		about.append("A tree.")
	if doctype.get("track_changes"):
		about.append("Changes are kept.")
	if about:
		lines += ["", " ".join(about)]
	lines += ["", "| field | kind | what |", "|---|---|---|", *_fields(doctype)]
	for field in doctype["fields"]:
		if field["fieldtype"] in ("Table", "Table MultiSelect") and field["options"] in known:
			lines += ["", f"Rows `{field['fieldname']}` ({field['options']}):", ""]
			lines += ["| field | kind | what |", "|---|---|---|", *_fields(known[field["options"]])]
	return lines


def _fields(doctype: dict) -> list[str]:
	return [_field(field) for field in doctype["fields"] if field["fieldtype"] not in LAYOUT]


def _field(field: dict) -> str:
	kind = field["fieldtype"]
	if kind in LINKS:
		kind += f" → {field.get('options', '')}"
	what = [field.get("label") or ""]
	if field["fieldtype"] == "Select":
		what.append(" / ".join(option for option in field.get("options", "").split("\n") if option))
	if field.get("description"):
		what.append(field["description"])
	marks = [
		word for key, word in (("reqd", "must"), ("read_only", "read only"), ("unique", "unique")) if field.get(key)
	]
	if marks:
		what.append(f"({', '.join(marks)})")
	return f"| `{field['fieldname']}` | {kind} | {_cell('. '.join(part for part in what if part))} |"


def _cell(text: str) -> str:
	return " ".join(text.split()).replace("|", "\\|")


def roles(doctypes: list[dict]) -> str:
	"""Who may do what: one table for each module, and the row rules in words."""
	table = permission_table.load()
	module_of = {doctype["name"]: doctype["module"] for doctype in doctypes}
	key = ", ".join(f"`{letter}` {action}" for action, letter in LETTERS.items())
	parts = [
		"# Who may do what",
		"",
		MADE,
		"",
		f"{key}. After the letters stands the row rule: which records, where it is not all. What is not here is refused.",
	]
	for module in MODULES:
		names = sorted(name for name in table if module_of.get(name) == module)
		if names:
			parts += ["", f"## {module}", "", "| | role | may | which records |", "|---|---|---|---|"]
			for name in names:
				parts += _rows(name, table[name])
	return "\n".join([*parts, "", "## Row rules", "", *_rules(table)]) + "\n"


def _rows(name: str, by_role: dict[str, dict]) -> list[str]:
	if not by_role:
		return [f"| **{name}** | nobody | | |"]
	lines: list[str] = []
	for role in sorted(by_role, key=ROLES.index):
		entry = by_role[role]
		letters = "".join(LETTERS[action] for action in permission_table.ACTIONS if action in entry["actions"])
		rule = "" if entry["rows"] == "all" else f"`{entry['rows']}`"
		lines.append(f"| {f'**{name}**' if not lines else ''} | {role.removeprefix('LSM ')} | `{letters}` | {rule} |")
	return lines


def _rules(table: dict) -> list[str]:
	"""Each row rule with the first line of what its function says about itself, read as text: no site is needed."""
	used = {entry["rows"] for by_role in table.values() for entry in by_role.values()} - {"all"}
	said = {}
	for part in PARTS:
		said.update(_said_in((APP / "row_rules" / f"{part}.py").read_text(encoding="utf-8")))
	return [
		"| rule | which records |",
		"|---|---|",
		*(f"| `{rule}` | {_cell(said.get(rule, ''))} |" for rule in sorted(used)),
	]


def _said_in(source: str) -> dict[str, str]:
	found = {}
	for node in ast.walk(ast.parse(source)):
		if not isinstance(node, ast.FunctionDef):
			continue
		for decorator in node.decorator_list:
			if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "row_rule":
				text = (ast.get_docstring(node) or "").split("\n\n")[0]
				found[ast.literal_eval(decorator.args[0])] = text
	return found
