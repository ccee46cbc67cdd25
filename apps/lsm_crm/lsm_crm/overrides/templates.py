"""Texts that staff write in the desk are templates for the framework: they may show fields of their record, and reach nothing else.

The framework's templates can call functions that read any record (`frappe.get_all`) or reach Python's inner attributes; a person who may
edit a letter would read what their role may not.
"""

import frappe
import jinja2
from frappe import _
from jinja2 import nodes

# {DocType: fields that are rendered as templates}
TEMPLATES = {
	"Email Template": ("subject", "response", "response_html"),
	"Print Format": ("html", "raw_commands", "format_data"),
	"Letter Head": ("content", "footer"),
	"Letter Template": ("subject", "body"),
	"Notification": ("subject", "message", "condition"),
	"Newsletter": ("subject", "message", "message_html", "message_md", "content"),
	"Web Form": ("introduction_text", "success_message"),
	"Web Page": ("main_section", "main_section_html", "main_section_md"),
	"Auto Email Report": ("description",),
	"Web Template": ("template",),
	"Address Template": ("template",),
	"Custom HTML Block": ("html",),
}
FILTERS = frozenset(
	[
		"e",
		"escape",
		"forceescape",
		"upper",
		"lower",
		"title",
		"capitalize",
		"trim",
		"length",
		"join",
		"default",
		"d",
		"first",
		"last",
		"sort",
		"unique",
		"int",
		"float",
		"round",
		"abs",
		"string",
		"replace",
		"striptags",
		"truncate",
		"wordwrap",
		"center",
		"indent",
		"batch",
		"slice",
		"list",
		"reverse",
		"sum",
		"min",
		"max",
		"tojson",
		"urlencode",
		"datetimeformat",
		"markdown",
		"global_date_format",
		"json",
		"len",
		"str",
		"flt",
		"money_in_words",
		"format_date",
		"formatdate",
		"format_datetime",
	]
)
CALLS = frozenset(
	(
		"_",
		"range",
		"len",
		"loop.cycle",
		"doc.get_formatted",
		"doc.get",
		"row.get_formatted",
		"frappe.format",
		"frappe.format_value",
		"frappe.format_date",
		"frappe.utils.formatdate",
		"frappe.utils.format_date",
		"frappe.utils.format_datetime",
		"frappe.utils.format_time",
		"frappe.utils.fmt_money",
		"frappe.utils.now",
		"frappe.utils.nowdate",
		"frappe.utils.today",
		"frappe.utils.escape_html",
		"format_value",
	)
)
FORBIDDEN = (
	nodes.Import,
	nodes.FromImport,
	nodes.Include,
	nodes.Extends,
	nodes.CallBlock,
	nodes.Macro,
	nodes.EvalContextModifier,
	nodes.ScopedEvalContextModifier,
)
SECRET_FIELDS = frozenset(
	("password", "new_password", "api_secret", "api_key", "reset_password_key", "secret", "meta", "flags")
)


class UnsafeTemplateError(frappe.ValidationError):
	"""A template asks for more than fields of its record."""


def validate(doc, method=None) -> None:
	"""Refuse a template that reaches beyond its record, when it comes in over HTTP."""
	if not getattr(frappe.local, "request", None):
		return
	for field in TEMPLATES.get(doc.doctype, ()):
		if problem := unsafe(doc.get(field) or ""):
			label = doc.meta.get_label(field) or field
			frappe.throw(
				_("{0} cannot be saved: {1} is not allowed in a text. Use fields of the record only.").format(
					_(label), problem
				),
				title=_("Text asks for too much"),
				exc=UnsafeTemplateError,
			)


def unsafe(text: str) -> str | None:
	"""What a template does that it may not, or None."""
	try:
		tree = jinja2.Environment(autoescape=True).parse(text)
	except jinja2.TemplateSyntaxError as error:
		return str(error.message)
	for node in tree.find_all(nodes.Node):
		if problem := _problem(node):
			return problem
	return None


def _problem(node: nodes.Node) -> str | None:
	if isinstance(node, FORBIDDEN):
		return type(node).__name__.lower()
	if isinstance(node, nodes.Getattr) and (
		node.attr.startswith("_") or node.attr in SECRET_FIELDS or node.attr == "format_map"
	):
		return f".{node.attr}"
	if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and str(node.arg.value).startswith("_"):
		return str(node.arg.value)
	if isinstance(node, nodes.Getitem) and not isinstance(node.arg, (nodes.Const, nodes.Slice, nodes.Name)):
		return "[…]"
	if isinstance(node, nodes.Filter) and node.name not in FILTERS:
		return f"|{node.name}"
	if isinstance(node, nodes.Call) and (name := _dotted(node.node)) not in CALLS:
		return f"{name or '…'}()"
	return None


def _dotted(node: nodes.Node) -> str | None:
	if isinstance(node, nodes.Name):
		return node.name
	if isinstance(node, nodes.Getattr) and (before := _dotted(node.node)):
		return f"{before}.{node.attr}"
	return None
