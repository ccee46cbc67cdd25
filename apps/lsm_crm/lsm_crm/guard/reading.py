"""Which personal records an answer of the framework gave out, so that every reading is logged. Runs after the answer is made and
before it is sent; where the log cannot be written, nothing is sent."""

import json

import frappe
from werkzeug.wrappers import Response

from lsm_crm.services import personal_data, read_log


def after_request(response=None, request=None) -> None:
	"""Log what the answer holds."""
	call = getattr(frappe.local, "lsm_call", None)
	if call is None or response is None or response.status_code >= 400:
		return
	found = _what_was_read(call)
	if not found:
		return
	door, doctype, names, number = found
	if not personal_data.is_personal(doctype):
		return
	if len(names) == 1:  # it may be as the request wrote it; more of them come from the database
		names = personal_data.as_stored(doctype, names)
	try:
		read_log.record(door, doctype, names, number)
	except Exception:
		frappe.logger("lsm.read_log").error("reading could not be logged", exc_info=True)
		_withhold(response)


def _withhold(response: Response) -> None:
	response.direct_passthrough = False
	response.set_data(json.dumps({"exc_type": "ReadLogError", "message": "The access log cannot be written."}))
	response.status_code = 503
	response.mimetype = "application/json"


def _what_was_read(call) -> tuple | None:
	form = frappe.local.form_dict
	if call.kind == "rest":
		return _rest(call)
	if call.kind == "page" and call.name == "printview":
		return "print", form.get("doctype") or "", [form.get("name")], None
	if call.kind != "function" or call.name not in DOORS:
		return None
	return DOORS[call.name](form)


def _rest(call) -> tuple | None:
	if call.action == "list":
		return _rows("list", call.doctype, frappe.local.response.get("data"))
	if call.action in ("read", "write"):
		return "api", call.doctype, [call.document], None
	return None


def _one(door: str, doctype_key: str = "doctype", name_key: str = "name"):
	return lambda form: (door, form.get(doctype_key) or "", [form.get(name_key)], None)


def _list(door: str):
	return lambda form: _rows(door, form.get("doctype") or "", frappe.local.response.get("message"))


def _rows(door: str, doctype: str, rows) -> tuple | None:
	"""Names in a list's answer, in any of the shapes the framework gives; else how many rows."""
	if isinstance(rows, dict) and "keys" in rows:
		keys, values = rows["keys"], rows["values"]
		if "name" in keys:
			place = keys.index("name")
			return door, doctype, [row[place] for row in values], None
		return door, doctype, _asked_for(doctype, len(values)), len(values)
	if isinstance(rows, dict):
		rows = [rows]
	if not isinstance(rows, (list, tuple)) or not rows:
		return None
	if isinstance(rows[0], dict) and "name" in rows[0]:
		return door, doctype, [row.get("name") for row in rows], None
	return door, doctype, _asked_for(doctype, len(rows)), len(rows)


def _asked_for(doctype: str, number: int) -> list[str]:
	"""Whose records an answer without their numbers was made from: the same question again, asking for nothing else. Figures over
	groups are about nobody in particular."""
	form = frappe.local.form_dict
	if not personal_data.is_personal(doctype) or not number or form.get("group_by"):
		return []
	question = {
		key: json.loads(form[key]) if isinstance(form[key], str) and form[key][:1] in "[{" else form[key]
		for key in ("filters", "or_filters")
		if form.get(key)
	}
	start = frappe.utils.cint(form.get("start") or form.get("limit_start"))
	order = form.get("order_by") or None
	most = min(number, read_log.MOST_SUBJECTS)
	return frappe.get_list(doctype, **question, order_by=order, limit_start=start, limit=most, pluck="name")


def _value(form) -> tuple | None:
	filters = form.get("filters")
	if isinstance(filters, str) and not filters.strip().startswith(("{", "[")):
		return "value", form.get("doctype") or "", [filters], None
	return _rows("value", form.get("doctype") or "", frappe.local.response.get("message"))


def _linked(form) -> tuple | None:
	"""By the answer: of a record out of sight there was none."""
	found = (frappe.local.response.get("message") or {}).get("name")
	return ("value", form.get("doctype") or "", [found], None) if found else None


def _search(form) -> tuple:
	results = frappe.local.response.get("results") or frappe.local.response.get("message") or []
	names = [row["value"] for row in results if isinstance(row, dict) and "value" in row]
	return "search", form.get("doctype") or "", names, None


def _document(form) -> tuple | None:
	docs = frappe.local.response.get("docs")
	if docs:  # a new record has got its number by now
		return "form", docs[-1].get("doctype") or "", [docs[-1].get("name")], None
	doc = form.get("doc")
	doc = json.loads(doc) if isinstance(doc, str) and doc.startswith("{") else doc
	if isinstance(doc, dict):
		return "form", doc.get("doctype") or "", [doc.get("name")], None
	return None


def _report(form) -> tuple | None:
	"""People named in a report's rows, found by the columns that link to them."""
	answer = frappe.local.response.get("message")
	if not isinstance(answer, dict):
		return None
	for column in answer.get("columns") or ():
		if isinstance(column, dict) and personal_data.is_personal(column.get("options") or ""):
			field = column.get("fieldname")
			names = [row.get(field) for row in answer.get("result") or () if isinstance(row, dict)]
			return "report", column["options"], list(dict.fromkeys(filter(None, names))), None
	return None


def _export(form) -> tuple:
	doctype = form.get("doctype") or ""
	chosen = form.get("selected_items")
	chosen = json.loads(chosen) if isinstance(chosen, str) else chosen
	names = personal_data.as_stored(doctype, chosen or [])
	return "export", doctype, names or _asked_for(doctype, read_log.MOST_SUBJECTS), None


def _print(form) -> tuple:
	return "print", form.get("doc") or "", [form.get("name")], None


def _found_people(form) -> tuple:
	"""Clients that the app's own search gave out."""
	found = [row["client"] for row in frappe.local.response.get("message") or ()]
	return "search", "Client", found, None


DOORS = {
	"frappe.desk.form.load.getdoc": _one("form"),
	"frappe.desk.form.load.get_docinfo": _one("form"),
	"frappe.desk.form.load.get_communications": _one("form"),
	"frappe.client.get": _one("api"),
	"frappe.desk.form.save.savedocs": _document,
	"frappe.model.workflow.apply_workflow": _document,
	"frappe.client.get_list": _list("list"),
	"frappe.desk.reportview.get": _list("list"),
	"frappe.desk.reportview.get_list": _list("list"),
	"frappe.desk.treeview.get_children": _list("tree"),
	"frappe.desk.reportview.export_query": _export,
	"frappe.client.get_value": _value,
	"frappe.client.validate_link": _linked,
	"frappe.desk.search.search_link": _search,
	"frappe.desk.search.search_widget": _search,
	"frappe.desk.search.get_link_title": _one("title", name_key="docname"),
	"frappe.desk.link_preview.get_preview_data": _one("preview", name_key="docname"),
	"frappe.desk.query_report.run": _report,
	"frappe.desk.query_report.export_query": _report,
	"frappe.www.printview.get_html_and_style": _print,
	"frappe.handler.run_doc_method": _one("form", "dt", "dn"),
	"lsm_crm.api.people.search": _found_people,
	"lsm_crm.api.people.likely_doubles": _found_people,
	"lsm_crm.api.people.merge": lambda form: ("merge", "Client", [form.get("keep"), form.get("merge")], None),
	"lsm_crm.api.cases.timeline": lambda form: ("form", "Case", [form.get("case")], None),
	"lsm_crm.api.calendars.get_events": _list("calendar"),
}
