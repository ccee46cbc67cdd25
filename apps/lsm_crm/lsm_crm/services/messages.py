"""Finds every text of the app that someone may have to read in another language, and who reads it.

`public` texts are read by visitors and exist in all eleven languages; `desk` texts by staff, in Dutch and English.
English is the source. Texts come from Python `_()`, scripts `__()`, templates, DocTypes and the other records that the app
brings as JSON, seeded forms and the vocabulary.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from jinja2 import Environment, nodes

from lsm_crm.public_site.sensitive import is_sensitive

APP = Path(__file__).resolve().parent.parent
DESK, PUBLIC = "desk", "public"

# Folders whose Python, templates and scripts visitors or volunteers read.
PUBLIC_FOLDERS = ("public_forms", "public_site", "templates/public", "volunteer_portal")
# Python outside those folders of which visitors see the messages.
PUBLIC_FILES: tuple[str, ...] = (
	*(
		"services/volunteer_registration.py",
		"services/volunteer_mail.py",
		"services/volunteer_sms.py",
		"services/shift_places.py",
	),
	*("services/screening.py", "services/agreements.py", "services/certificate.py"),
	*("services/calendar_feed.py", "services/compensation.py", "services/catering_mail.py"),
	*("services/event_feedback.py", "services/registrations.py", "services/notices.py"),
	*("services/expiring_links.py", "services/referral_links.py"),
	*("activity_pages/links.py", "activity_pages/renderer.py"),
)
# Choices that stand on no form but on a page behind a link: DocType -> fields.
CHOICES_ON_LINKS = {"Catering Order": {"workflow_state"}, "Referral": {"refusal_reason", "result"}}
# Pages under the public templates that staff alone open: in Dutch and English.
STAFF_PAGES = (
	*("templates/public/work/door", "templates/public/work/kitchen"),
	*("templates/public/work/labels", "templates/public/work/my_round"),
)
# What else a language has: the walk-in page is used by volunteers who read Arabic more easily than Dutch.
FURTHER_PLACES = {
	"ar": (
		"public/js/walk_in/",
		"lsm_casework/page/walk_in/",
		"setup/data/vocabulary.yaml: client_groups",
		"setup/data/vocabulary.yaml: services_given",
		"setup/data/vocabulary.yaml: contact_modes",
		"setup/data/case_types.yaml",
	)
}
# Choices of a help request that the page shows.
FURTHER_TEXTS = {
	"ar": ("Walk-in", "Phone", "E-mail", "Outreach", "Open", "Answered", "Referred", "Became Case"),
}
# Errors beside a field of a public form.
PUBLIC_ERRORS = ("FieldError", "ApplicationError")
# Methods of controllers whose messages visitors see.
PUBLIC_METHODS = ("check_application", "check_public_form")
SKIPPED_FOLDERS = ("node_modules", "dist", "locale", "translations", "tests", "__pycache__", "benchmarks")
SCRIPT_CALL = re.compile(
	r"""__\(\s*(?P<quote>["'`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)(?=\s*[,)])""", re.DOTALL
)
TEMPLATE_CALLS = ("_", "with_dutch")
TEMPLATE_CALL = re.compile(r"""\b_\(\s*(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""", re.DOTALL)
# Keys of our records whose values are texts.
TEXT_KEYS = {
	"label",
	"description",
	"title",
	"subject",
	"button_label",
	"success_title",
	"success_message",
	"link_to_text",
}
PUBLIC_VOCABULARY = ("help_topics", "volunteer_roles", "event_types", "tutoring_subjects")


@dataclass
class Message:
	text: str
	audience: str = DESK
	context: str = ""
	places: list[str] = field(default_factory=list)

	@property
	def sensitive(self) -> bool:
		return self.audience == PUBLIC and is_sensitive(self.text)


def collect(app: Path = APP) -> dict[tuple[str, str], Message]:
	"""Text and context to message; a text that both read is public."""
	found: dict[tuple[str, str], Message] = {}
	for text, audience, place, context in _all(app):
		text = " ".join(text.split()) if "\n" not in text.strip() else text.strip()
		if not text or not re.search(r"[A-Za-z]{2}", text) or text.startswith(("eval:", "/assets", "fa fa-")):
			continue
		message = found.setdefault((text, context), Message(text, audience, context))
		message.audience = PUBLIC if PUBLIC in (message.audience, audience) else DESK
		if place not in message.places:
			message.places.append(place)
	return found


def _all(app: Path) -> Iterator[tuple[str, str, str, str]]:
	public_fields = _public_fields(app)
	for path in sorted(app.rglob("*")):
		place = path.relative_to(app).as_posix()
		if not path.is_file() or any(part in SKIPPED_FOLDERS for part in path.parts) or _is_test(path):
			continue
		public = place.startswith(PUBLIC_FOLDERS) and not place.startswith(STAFF_PAGES)
		audience = PUBLIC if public or place in PUBLIC_FILES else DESK
		if path.suffix == ".py":
			yield from _from_python(path, place, audience)
		elif path.suffix in (".html", ".xml", ".txt") and "templates" in path.parts or path.suffix == ".html":
			yield from _from_template(path, place, audience)
		elif path.suffix in (".js", ".vue"):
			yield from ((text, audience, place, "") for text in script_texts(path.read_text(encoding="utf-8")))
		elif path.suffix == ".json":
			yield from _from_json(path, place, public_fields)
	yield from _from_vocabulary(app)
	yield from _from_vacancies(app)
	yield from _from_case_types(app)
	yield from _from_letters(app)


def _is_test(path: Path) -> bool:
	return path.name.startswith("test_") or path.name == "conftest.py"


def _from_python(path: Path, place: str, audience: str) -> Iterator[tuple[str, str, str, str]]:
	tree = ast.parse(path.read_text(encoding="utf-8"))
	public_calls = {
		id(inner)
		for node in ast.walk(tree)
		if isinstance(node, ast.Call)
		and _called(node) in PUBLIC_ERRORS
		or isinstance(node, ast.FunctionDef)
		and node.name in PUBLIC_METHODS
		for inner in ast.walk(node)
	}
	for node in ast.walk(tree):
		if isinstance(node, ast.Call) and _called(node) in ("_", "translate", "_lt") and node.args:
			text = node.args[0]
			if isinstance(text, ast.Constant) and isinstance(text.value, str):
				context = next((ast.literal_eval(k.value) for k in node.keywords if k.arg == "context"), "")
				yield text.value, PUBLIC if id(node) in public_calls else audience, place, context


def _called(node: ast.Call) -> str:
	function = node.func
	return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _from_template(path: Path, place: str, audience: str) -> Iterator[tuple[str, str, str, str]]:
	source = path.read_text(encoding="utf-8")
	try:
		tree = Environment(extensions=["jinja2.ext.do"]).parse(source)
	except Exception:  # a template of the desk's own kind, read by the framework's scripts
		for match in TEMPLATE_CALL.finditer(source):
			yield _unescape(match["text"]), audience, place, ""
		return
	for call in tree.find_all(nodes.Call):
		named = isinstance(call.node, nodes.Name) and call.node.name in TEMPLATE_CALLS
		if named and call.args and isinstance(call.args[0], nodes.Const) and isinstance(call.args[0].value, str):
			yield call.args[0].value, audience, place, ""


def script_texts(source: str) -> list[str]:
	"""Texts in `__("…")`; one that is put together in the call can not be translated and is left out."""
	return [_unescape(match["text"]) for match in SCRIPT_CALL.finditer(source) if "${" not in match["text"]]


def _unescape(text: str) -> str:
	return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)


def _from_json(path: Path, place: str, public_fields: dict[str, set[str]]) -> Iterator[tuple[str, str, str, str]]:
	try:
		content = json.loads(path.read_text(encoding="utf-8"))
	except ValueError:
		return
	if "web_forms" in path.parts:
		yield from ((text, PUBLIC, place, "") for text in web_form_texts(content))
	elif isinstance(content, dict) and content.get("doctype") == "DocType":
		yield from _from_doctype(content, place, public_fields.get(content["name"], set()))
	elif "fixtures" in path.parts:
		yield from _from_fixture(content, place)
	elif isinstance(content, dict) and content.get("doctype"):
		yield from ((text, DESK, place, "") for text in _record_texts(content))


def _from_doctype(content: dict, place: str, public: set[str]) -> Iterator[tuple[str, str, str, str]]:
	yield content["name"], DESK, place, ""
	if content.get("description"):
		yield content["description"], DESK, place, ""
	for row in content.get("fields", []):
		audience = PUBLIC if row["fieldname"] in public else DESK
		for key in ("label", "description"):
			if row.get(key):
				child = PUBLIC if content.get("istable") and audience == PUBLIC and key == "label" else DESK
				yield row[key], child, place, ""
		if row.get("fieldtype") == "Select":
			yield from ((text, audience, place, "") for text in (row.get("options") or "").split("\n") if text)
	for link in content.get("links", []):
		if link.get("group"):
			yield link["group"], DESK, place, ""
	for action in content.get("actions", []):
		yield action.get("label") or "", DESK, place, ""


def _from_fixture(content: list, place: str) -> Iterator[tuple[str, str, str, str]]:
	for record in content if isinstance(content, list) else [content]:
		if record.get("doctype") in ("Role", "Workflow State", "Workflow Action Master", "Workflow"):
			yield record.get("name") or record.get("role_name") or "", DESK, place, ""
		for row in record.get("transitions", []):
			yield row.get("action") or "", DESK, place, ""


def _record_texts(content) -> Iterator[str]:
	if isinstance(content, dict):
		if content.get("doctype") in (
			"Report",
			"Workspace",
			"Number Card",
			"Dashboard Chart",
			"Dashboard",
			"Print Format",
			"Page",
		):
			yield content.get("name") or ""
		for key, value in content.items():
			if isinstance(value, str) and _is_text(key, value):
				yield value
			elif isinstance(value, dict | list):
				yield from _record_texts(value)
			elif key == "content" and isinstance(value, str) and value.startswith("["):
				yield from _workspace_texts(value)
	elif isinstance(content, list):
		for item in content:
			yield from _record_texts(item)


def _is_text(key: str, value: str) -> bool:
	# The format of a shortcut begins with its number: "{} new".
	return key == "format" or key in TEXT_KEYS and not value.lstrip().startswith(("<", "{"))


def _workspace_texts(content: str) -> Iterator[str]:
	try:
		blocks = json.loads(content)
	except ValueError:
		return
	for block in blocks:
		text = re.sub(r"<[^>]+>", "", (block.get("data") or {}).get("text") or "")
		if text.strip():
			yield text


def web_form_texts(content: dict) -> Iterator[str]:
	"""Texts of a form as a visitor reads them: long ones by paragraph."""
	for key in ("title", "button_label", "success_title"):
		yield content.get(key) or ""
	for key in ("introduction_text", "success_message"):
		for part in re.split(r"</?(?:p|li|ul|ol|h\d|div)[^>]*>", content.get(key) or ""):
			yield re.sub(r"<[^>]+>", "", part)
	for row in content.get("fields", []):
		if row.get("hidden"):
			continue
		for key in ("label", "description"):
			yield row.get(key) or ""
		if row.get("fieldtype") == "Select":
			yield from (row.get("options") or "").split("\n")


def _public_fields(app: Path) -> dict[str, set[str]]:
	"""DocType to fields whose choices (and, for child tables, labels) stand on a public form."""
	doctypes = {}
	for path in app.rglob("doctype/*/*.json"):
		content = json.loads(path.read_text(encoding="utf-8"))
		if isinstance(content, dict) and content.get("doctype") == "DocType":
			doctypes[content["name"]] = {row["fieldname"]: row for row in content.get("fields", [])}
	found = {doctype: set(fields) for doctype, fields in CHOICES_ON_LINKS.items()}
	for path in (app / "setup" / "data" / "web_forms").glob("*.json"):
		form = json.loads(path.read_text(encoding="utf-8"))
		fields = doctypes.get(form["doc_type"], {})
		for row in form["fields"]:
			behind = fields.get(row.get("fieldname"))
			if not behind or row.get("hidden"):
				continue
			found.setdefault(form["doc_type"], set()).add(behind["fieldname"])
			if behind["fieldtype"].startswith("Table"):
				child = doctypes.get(behind["options"], {})
				found.setdefault(behind["options"], set()).update(public_columns(behind["options"], child))
	return found


def public_columns(doctype: str, fields: dict[str, dict]) -> list[str]:
	from lsm_crm.public_forms.definition import PUBLIC_COLUMNS

	return list(PUBLIC_COLUMNS.get(doctype) or [name for name, row in fields.items() if row.get("in_list_view")])


def _from_vocabulary(app: Path) -> Iterator[tuple[str, str, str, str]]:
	path = app / "setup" / "data" / "vocabulary.yaml"
	words = yaml.safe_load(path.read_text(encoding="utf-8"))
	for key, entries in words.items():
		audience = PUBLIC if key in PUBLIC_VOCABULARY else DESK
		for entry in entries if isinstance(entries, list) else []:
			if isinstance(entry, dict) and "en" in entry and key != "languages":
				yield entry["en"], audience, f"setup/data/vocabulary.yaml: {key}", ""


def _from_case_types(app: Path) -> Iterator[tuple[str, str, str, str]]:
	path = app / "setup" / "data" / "case_types.yaml"
	for case_type in yaml.safe_load(path.read_text(encoding="utf-8"))["case_types"]:
		yield case_type["name"], DESK, "setup/data/case_types.yaml", ""


def _from_letters(app: Path) -> Iterator[tuple[str, str, str, str]]:
	"""What the letters of the seeds are called; their texts stand there in every language."""
	path = app / "setup" / "data" / "client_papers.yaml"
	for name in yaml.safe_load(path.read_text(encoding="utf-8"))["languages"]["nl"]["letters"]:
		yield name, DESK, "setup/data/client_papers.yaml", ""


def _from_vacancies(app: Path) -> Iterator[tuple[str, str, str, str]]:
	path = app / "setup" / "data" / "volunteers.yaml"
	for vacancy in yaml.safe_load(path.read_text(encoding="utf-8"))["vacancies"] if path.exists() else ():
		for key in ("title", "body"):
			yield vacancy[key], PUBLIC, "setup/data/volunteers.yaml", ""
