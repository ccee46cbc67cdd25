"""A Web Form record read into steps, groups and fields.

Staff edit the record in the desk; the DocType behind it says what an answer may be. A link shows only masters
that are named in `links`, so that adding a link to a form can never publish a list of people.
"""

from dataclasses import dataclass, field

import frappe
from bs4 import BeautifulSoup

from lsm_crm.public_forms import conditions, kept, links

RADIO_AT_MOST = 6
TEXT_INPUTS = {"Data": "text", "Small Text": "textarea", "Text": "textarea", "Long Text": "textarea"}
OTHER_INPUTS = {
	"Date": "date",
	"Time": "time",
	"Int": "number",
	"Float": "decimal",
	"Currency": "decimal",
	"Check": "check",
	"Attach": "file",
	"Attach Image": "file",
	"Phone": "tel",
	"HTML": "html",
}
DATA_INPUTS = {"Email": "email", "Phone": "tel", "URL": "url"}
SKIPPED = ("Column Break", "Password", "Signature", "Color", "Rating", "Duration")
AUTOCOMPLETE = {
	"first_name": "given-name",
	"last_name": "family-name",
	"full_name": "name",
	"contact_name": "name",
	"email": "email",
	"contact_email": "email",
	"phone": "tel",
	"mobile": "tel",
	"mobile_no": "tel",
	"contact_phone": "tel",
	"street": "address-line1",
	"address": "street-address",
	"postal_code": "postal-code",
	"city": "address-level2",
	"date_of_birth": "bday",
	"birth_date": "bday",
	"year_of_birth": "bday-year",
	"organisation": "organization",
	"organisation_name": "organization",
	"preferred_language": "language",
}
# Columns of child tables that a visitor fills in, where the table has more than that. Others show their list columns.
PUBLIC_COLUMNS = {
	"Volunteer Role Choice": ("role",),
	"Volunteer Language": ("language", "speaking", "reading", "writing", "interpreting"),
	"Volunteer Availability": ("weekday", "day_part"),
	"Volunteer Area": ("area",),
}
# Texts where a wrong translation may do harm: shown with the Dutch while unreviewed.
SENSITIVE_NAMES = ("consent", "safe", "privacy", "guardian", "photo", "confidential")


@dataclass
class Option:
	value: str
	label: str


class Conditional:
	"""What is shown only when its `condition` holds."""

	condition: tuple

	@property
	def conditional(self) -> bool:
		return self.condition != conditions.ALWAYS

	@property
	def condition_json(self) -> str:
		return conditions.as_json(self.condition)


@dataclass
class FormField(Conditional):
	name: str
	kind: str
	label: str
	help: str = ""
	required: bool = False
	options: list[Option] = field(default_factory=list)
	default: str = ""
	max_length: int = 0
	max_value: int = 0
	condition: tuple = conditions.ALWAYS
	required_when: tuple | None = None
	columns: list["FormField"] = field(default_factory=list)  # of a table
	blocks: list[tuple[str, str]] = field(default_factory=list)  # of a text

	@property
	def id(self) -> str:
		return f"f-{self.name}"

	@property
	def autocomplete(self) -> str:
		return AUTOCOMPLETE.get(self.name, "off")

	@property
	def sensitive(self) -> bool:
		return any(part in self.name for part in SENSITIVE_NAMES)

	@property
	def is_grouped(self) -> bool:
		"""Shown as several inputs, so named by a legend instead of a label."""
		return self.kind in ("radio", "checklist", "grid", "rows")

	def label_of(self, value: str) -> str:
		return next((option.label for option in self.options if option.value == value), value)


@dataclass
class Group(Conditional):
	legend: str = ""
	help: str = ""
	condition: tuple = conditions.ALWAYS
	fields: list[FormField] = field(default_factory=list)


@dataclass
class Step:
	title: str
	groups: list[Group] = field(default_factory=list)

	@property
	def fields(self) -> list[FormField]:
		return [item for group in self.groups for item in group.fields]


@dataclass
class Form:
	name: str
	route: str
	doctype: str
	title: str
	introduction: list[tuple[str, str]]
	steps: list[Step]
	button: str
	success_title: str
	success: list[tuple[str, str]]
	hidden_defaults: dict[str, str]

	@property
	def fields(self) -> list[FormField]:
		return [item for step in self.steps for item in step.fields]

	def field(self, name: str) -> FormField | None:
		return next((item for item in self.fields if item.name == name), None)

	def shown_fields(self, step: Step, values: dict) -> list[FormField]:
		"""Fields whose own and whose group's condition holds for these answers."""
		return [
			item
			for group in step.groups
			if conditions.holds(group.condition, values)
			for item in group.fields
			if conditions.holds(item.condition, values)
		]


def find(route: str) -> Form | None:
	"""The published form at this route, or None. Made once for a request, and kept by the process until something changes
	that it was made from; see `kept`."""
	name = published_routes().get(route)
	if not name:
		return None
	known = _of_this_request()
	if route not in known:
		known[route] = kept.get(route, lambda: read(frappe.get_cached_doc("Web Form", name)))
	return known[route]


def _of_this_request() -> dict[str, Form]:
	if not hasattr(frappe.local, "lsm_forms"):
		frappe.local.lsm_forms = {}
	return frappe.local.lsm_forms


def published_routes() -> dict[str, str]:
	"""Route to name. Only forms of this app: others stay with the framework (and the guard)."""
	if not hasattr(frappe.local, "lsm_form_routes"):
		rows = frappe.get_all("Web Form", fields=["name", "route", "module"], filters={"published": 1})
		frappe.local.lsm_form_routes = {row.route: row.name for row in rows if is_ours(row.module)}
	return frappe.local.lsm_form_routes


def is_ours(module: str | None) -> bool:
	return bool(module) and frappe.local.module_app.get(frappe.scrub(module)) == "lsm_crm"


def read(record) -> Form:
	meta = frappe.get_meta(record.doc_type)
	step, steps, hidden = Step(record.title), [], {}
	step.groups.append(Group())
	for row in record.web_form_fields:
		if row.fieldtype == "Page Break":
			if step.fields:
				steps.append(step)
				step = Step(row.label or record.title, [Group()])
			else:  # a page break before the first field only names the first step
				step.title = row.label or record.title
		elif row.fieldtype == "Section Break":
			step.groups.append(Group(row.label or "", row.description or "", _condition(row.depends_on)))
		elif row.hidden:
			hidden[row.fieldname] = row.default or ""
		elif row.fieldtype not in SKIPPED:
			item = _field(row, meta)
			if item:
				step.groups[-1].fields.append(item)
	steps.append(step)
	for step in steps:
		step.groups = [group for group in step.groups if group.fields]
	return Form(
		name=record.name,
		route=record.route,
		doctype=record.doc_type,
		title=record.title,
		introduction=text_blocks(record.introduction_text),
		steps=[step for step in steps if step.groups],
		button=record.button_label or "Send",
		success_title=record.success_title or "Thank you",
		success=text_blocks(record.success_message),
		hidden_defaults=hidden,
	)


def _field(row, meta) -> FormField | None:
	if row.fieldtype == "HTML":
		return FormField(row.fieldname or "", "html", row.label or "", blocks=text_blocks(row.options))
	behind = meta.get_field(row.fieldname)
	if not behind or behind.read_only or behind.permlevel:
		return None  # the program's own fields are never the public's, whatever the record says
	item = FormField(
		name=row.fieldname,
		kind=_kind(row, behind),
		label=row.label or behind.label or row.fieldname,
		help=row.description or "",
		required=bool(row.reqd or behind.reqd) and row.fieldtype != "Check" or bool(row.reqd),
		default=row.default or "",
		max_length=row.max_length or _length(behind),
		max_value=row.max_value or 0,
		condition=_condition(row.depends_on),
		required_when=_condition(row.mandatory_depends_on) if row.mandatory_depends_on else None,
	)
	return item if _fill_options(item, row, behind) else None


def _kind(row, behind) -> str:
	if row.fieldtype == "Data":
		return DATA_INPUTS.get((behind.options or row.options or "").strip(), "text")
	if row.fieldtype in TEXT_INPUTS:
		return TEXT_INPUTS[row.fieldtype]
	return OTHER_INPUTS.get(row.fieldtype, row.fieldtype.lower())


def _fill_options(item: FormField, row, behind) -> bool:
	"""Options of choices and columns of tables. False when the field can not be shown to the public."""
	if row.fieldtype == "Select":
		texts = [text.strip() for text in (row.options or behind.options or "").split("\n")]
		item.options = [Option(text, text) for text in texts if text]
		item.kind = "radio" if len(item.options) <= RADIO_AT_MOST else "select"
	elif row.fieldtype in ("Link", "Autocomplete"):
		return _fill_link(item, behind.options)
	elif behind.fieldtype in ("Table", "Table MultiSelect"):
		_fill_table(item, behind)
		return bool(item.columns)
	elif row.fieldtype not in TEXT_INPUTS and row.fieldtype not in OTHER_INPUTS:
		return False
	return True


def _fill_link(item: FormField, doctype: str | None) -> bool:
	found = links.options(doctype)
	if found is None:
		return False
	item.options = [Option(value, label) for value, label in found]
	item.kind = "radio" if len(item.options) <= RADIO_AT_MOST else "select"
	return True


def _fill_table(item: FormField, behind) -> None:
	"""One column: boxes to tick. Two choices: a grid of boxes. Anything else: groups that can be added."""
	named = PUBLIC_COLUMNS.get(behind.options)
	for child in frappe.get_meta(behind.options).fields:
		shown = child.fieldname in named if named else child.in_list_view and not (child.hidden or child.read_only)
		if not shown or child.fieldtype in SKIPPED:
			continue
		column = FormField(
			child.fieldname,
			_kind(child, child),
			child.label or child.fieldname,
			help=child.description or "",
			required=bool(child.reqd),
			max_length=_length(child),
			default=child.default or "",
		)
		if child.fieldtype not in ("Table", "Section Break", "Tab Break") and _fill_options(column, child, child):
			if column.kind == "radio" and child.fieldtype in ("Select", "Link"):
				column.kind = "select"
			item.columns.append(column)
	kinds = [column.kind for column in item.columns]
	item.kind = {1: "checklist" if kinds == ["select"] else "rows", 2: "grid"}.get(len(kinds), "rows")
	if item.kind == "grid" and kinds != ["select", "select"]:
		item.kind = "rows"


def _length(behind) -> int:
	if behind.fieldtype in ("Data", "Phone"):
		return int(behind.length or 140)
	return {"Small Text": 2000, "Text": 6000, "Long Text": 6000}.get(behind.fieldtype, 0)


def _condition(text: str | None) -> tuple:
	try:
		return conditions.parse(text)
	except conditions.ConditionError:
		return conditions.ALWAYS  # shown: a question too many harms less than one that never appears


def text_blocks(html: str | None) -> list[tuple[str, str]]:
	"""Paragraphs, list items and headings of a text that staff wrote; its markup goes no further."""
	if not html:
		return []
	soup = BeautifulSoup(html, "html.parser")
	found = []
	for element in soup.find_all(["p", "li", "h1", "h2", "h3", "h4", "div"]):
		if element.find(["p", "li", "h1", "h2", "h3", "h4", "div"]):
			continue
		text = " ".join(element.get_text(" ").split())
		if text:
			kind = element.name if element.name in ("li", "p") else "h" if element.name[0] == "h" else "p"
			found.append((kind, text))
	if not found:
		found = [("p", " ".join(line.split())) for line in soup.get_text().split("\n") if line.strip()]
	return found
