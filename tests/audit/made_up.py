"""Requests that nobody means: arguments of the right names with values of any kind, real requests with one thing changed, forms, paths."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from hypothesis import strategies as st

from lsm_crm import permission_table
from lsm_crm.guard.lists import merged

METHOD = "/api/method/"
STAFF = frozenset(("guest", "portal", "staff"))
PORTAL = frozenset(("guest", "portal"))
# role: what it may call
CALLERS = {
	"LSM Case Worker": STAFF,
	"LSM Front Office": STAFF,
	"LSM Coordinator": STAFF,
	"LSM Volunteer Coordinator": STAFF,
	"LSM Activity Lead": STAFF,
	"LSM Kitchen": STAFF,
	"LSM Treasurer": STAFF,
	"LSM Board": STAFF,
	"LSM Privacy Officer": STAFF | {"privacy"},
	"LSM Volunteer": PORTAL,
	"guest": frozenset(("guest",)),
}
# these end the session that the requests after them need
ENDS_SESSION = ("login", "frappe.handler.logout", "frappe.handler.web_logout", "frappe.sessions.clear")
DOCTYPES = (*sorted(permission_table.load()), "User", "File", "DocType", "Report", "No Such DocType")
FORMS = ("volunteer", "research", "referral", "event", "tutoring", "catering", "translation", "help", "senior")
HOSTILE = (
	"' or 1=1 -- ",
	"`tabUser`",
	"../../etc/passwd",
	"..%2f..%2f",
	"<script>x</script>",
	"{{7*7}}",
	"%00",
	"\x00",
	"${x}",
	"1e309",
	"-1",
	"0",
	"null",
	"true",
	"[]",
	"{}",
	"[[",
	"é" * 300,
	"٣",
	"\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
	"2026-13-45",
	"9999-12-31 25:61:61",
	"",
	" ",
	"\r\nSet-Cookie: x=1",
)
KEYS = (
	"doctype",
	"name",
	"docname",
	"filters",
	"or_filters",
	"fields",
	"order_by",
	"group_by",
	"doc",
	"docs",
	"txt",
	"text",
	"query",
	"dt",
	"dn",
	"method",
	"args",
	"fieldname",
	"field",
	"report_name",
	"page_length",
	"limit_page_length",
	"start",
	"end",
	"action",
	"items",
	"key",
	"user",
	"reference_doctype",
	"reference_name",
	"content",
	"value",
	"prev",
	"stats",
	"field_map",
	"chart_name",
	"module",
	"page",
	"data",
	"case",
	"client",
	"volunteer",
	"modified",
)


@dataclass
class Made:
	"""One request of one caller."""

	who: str
	method: str
	path: str
	arguments: dict = field(default_factory=dict)

	def __str__(self) -> str:
		return f"{self.who} {self.method} {self.path} {json.dumps(self.arguments)[:300]}"


texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.integers().map(str), st.floats().map(str))
plain = st.one_of(texts, st.integers(), st.booleans(), st.none())
nested = st.recursive(
	plain,
	lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
	max_leaves=6,
)


def values(names: list[str]):
	"""What an argument is given: text of any kind, a DocType, a name of a real record, or JSON of any form."""
	return st.one_of(texts, st.sampled_from(DOCTYPES), st.sampled_from(names), nested.map(json.dumps))


def listed(names: list[str]):
	"""A list request that could be real, but for one part."""
	column = st.sampled_from(("name", "modified", "owner", "creation", "docstatus", "idx", "no_such_field"))
	operator = st.sampled_from(("=", "like", "in", "between", "is", ">", "timespan", "descendants of", "no such"))
	filters = st.lists(st.tuples(column, operator, nested), max_size=2).map(json.dumps)
	return st.fixed_dictionaries(
		{"doctype": st.sampled_from(DOCTYPES)},
		optional={
			"filters": filters,
			"fields": st.lists(column, min_size=1, max_size=3).map(json.dumps),
			"order_by": st.one_of(column.map(lambda name: f"{name} desc"), texts),
			"group_by": column,
			"limit_page_length": texts,
			"start": texts,
			"name": st.sampled_from(names),
			"fieldname": column,
			"txt": texts,
			"title": texts,
			"file_format_type": st.sampled_from(("CSV", "Excel", "x")),
		},
	)


def stored(names: list[str]):
	"""A request about one record, with the arguments by which the framework's functions name it."""
	pairs = st.tuples(st.sampled_from(DOCTYPES), st.sampled_from(names))
	return pairs.flatmap(
		lambda pair: st.fixed_dictionaries(
			{
				"doctype": st.just(pair[0]),
				"name": st.just(pair[1]),
				"docname": st.just(pair[1]),
				"reference_doctype": st.just(pair[0]),
				"reference_name": st.just(pair[1]),
				"dt": st.just(pair[0]),
				"dn": st.just(pair[1]),
			},
			optional={
				"doc": st.fixed_dictionaries({"doctype": st.just(pair[0]), "name": st.just(pair[1]), "x": nested}).map(
					json.dumps
				),
				"content": texts,
				"action": texts,
				"method": texts,
				"txt": texts,
			},
		)
	)


def arguments(names: list[str]):
	made = st.dictionaries(st.sampled_from(KEYS), values(names), max_size=6)
	return st.one_of(
		made, listed(names), stored(names), st.tuples(stored(names), made).map(lambda two: two[0] | two[1])
	)


def requests(names: list[str]):
	"""One request of any caller: an allowed function, a document over REST, a public form, a page."""
	return st.sampled_from(sorted(CALLERS)).flatmap(lambda who: of_caller(who, names))


def of_caller(who: str, names: list[str]):
	functions = sorted(set(merged("FUNCTIONS", CALLERS[who])) - set(ENDS_SESSION))
	calls = st.builds(
		Made,
		st.just(who),
		st.sampled_from(("POST", "POST", "GET")),
		st.sampled_from(functions).map(METHOD.__add__),
		arguments(names),
	)
	rest = st.builds(
		lambda method, doctype, name, sent: Made(
			who, method, f"/api/resource/{doctype}" + (f"/{name}" if name else ""), sent
		),
		st.sampled_from(("GET", "POST", "PUT", "DELETE")),
		st.sampled_from(DOCTYPES),
		st.one_of(st.just(""), st.sampled_from(names)),
		st.one_of(
			arguments(names),
			st.dictionaries(st.sampled_from(KEYS), nested, max_size=4).map(lambda doc: {"data": json.dumps(doc)}),
		),
	)
	form_fields = (
		"draft",
		"step",
		"action",
		"website",
		"f-first_name",
		"f-last_name",
		"f-email",
		"f-phone",
		"f-date",
		"f-guests",
	)
	forms = st.builds(
		lambda method, language, form, sent: Made(who, method, f"/{language}/form/{form}", sent),
		st.sampled_from(("GET", "POST")),
		st.sampled_from(("nl", "en", "ar", "ti", "xx")),
		st.sampled_from(FORMS),
		st.dictionaries(st.sampled_from(form_fields), texts, max_size=6),
	)
	pages = st.builds(
		lambda path, sent: Made(who, "GET", path, sent),
		st.sampled_from(
			(
				"/",
				"/nl/",
				"/nl/agenda",
				"/login",
				"/app",
				"/portal",
				"/printview",
				"/second-step",
				"/referral/x/y",
				"/xx",
			)
		),
		st.dictionaries(
			st.sampled_from((*KEYS, "redirect-to", "sid", "lang", "_lang", "month", "token")), texts, max_size=4
		),
	)
	return st.one_of(calls, calls, calls, calls, rest, forms, pages)
