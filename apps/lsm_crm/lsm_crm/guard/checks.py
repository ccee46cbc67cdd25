"""Checks on the arguments of allowed functions, named in the lists. Each refuses, or replaces an argument by what is stored."""

import json

import frappe

from lsm_crm.guard import doctypes, documents, queries, rights
from lsm_crm.guard.errors import refuse
from lsm_crm.guard.link_checks import link as link
from lsm_crm.guard.link_checks import link_and_fetch as link_and_fetch
from lsm_crm.guard.link_checks import link_query as link_query
from lsm_crm.guard.link_checks import link_search as link_search
from lsm_crm.guard.link_checks import link_title as link_title
from lsm_crm.guard.lists import merged
from lsm_crm.guard.shapes import export_format as export_format
from lsm_crm.guard.shapes import saving as saving
from lsm_crm.guard.shapes import script_files as script_files
from lsm_crm.guard.shapes import tree_doctype as tree_doctype
from lsm_crm.guard.shapes import workspace as workspace


def doctype(call, form, groups) -> None:
	doctypes.allow(call, form["doctype"] if "doctype" in form else form.get("dt"), "read", groups)


def meta(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "meta", groups)


def stored_name(call, form, groups) -> None:
	"""A document by its name. One by filters is found among those that the caller may read: the framework looks among all, and its
	answers would tell of what others' records hold."""
	doctypes.allow(call, form.get("doctype"), "read", groups)
	filters = form.pop("filters", None)
	if not filters or form.get("name") or doctypes.is_single(form["doctype"]):
		return
	queries.check_filters(queries.tables(call, form["doctype"]), filters, name_allowed=True)
	filters = queries.parsed(call, filters, single=True)
	if isinstance(filters, (dict, list)):
		found = frappe.get_list(form["doctype"], filters=filters, limit=1, pluck="name")
		filters = found[0] if found else frappe.generate_hash()
	form["name"] = str(filters)


def query(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	queries.check(call, form, form["doctype"], queries.KEYS_OF.get(call.name, frozenset()))
	if doctypes.is_virtual(form["doctype"]):  # of others the framework's query asks for the right itself
		rights.read_right(call, form["doctype"])


def rest_list(call, form, groups) -> None:
	form.pop("doctype", None)  # the address names it
	queries.check(call, form, call.doctype, queries.CLIENT_KEYS)


def rest_document(call, form, groups) -> None:
	data = form.get("data")
	if data is None:
		data = frappe.safe_decode(frappe.request.get_data()) or "{}"
	try:
		doc = json.loads(data) if isinstance(data, str) else data
	except ValueError:
		doc = {key: value for key, value in form.items() if key not in ("cmd", "data", "csrf_token")}
	if not isinstance(doc, dict):
		refuse(call, "document is not JSON")
	clean = documents.cleaned(call, {**doc, "doctype": call.doctype}, call.action, groups)
	if call.action == "write":
		if doctypes.is_own(call.doctype):
			documents.refuse_stale(call.doctype, call.document, clean.get("modified"))
		clean.pop("name", None)
	form.clear()
	form["data"] = json.dumps(clean, default=str)


def document(call, form, groups) -> None:
	form["doc"] = json.dumps(documents.cleaned(call, form.get("doc"), None, groups), default=str)


def delete(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "delete", groups)


def delete_items(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "delete", groups)
	items = queries.parsed(call, form.get("items"))
	if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
		refuse(call, "items are not names")


def set_value(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "write", groups)
	if doctypes.is_own(form["doctype"]):
		refuse(call, "a single value is not set without the version it was made from")
	values = form.get("fieldname")
	try:
		values = json.loads(values) if isinstance(values, str) else values
	except ValueError:
		values = {values: form.get("value")}
	names, _rows = documents.fields_of(form["doctype"])
	if not isinstance(values, dict) or not set(values) <= names:
		refuse(call, "not a field")


def docinfo(call, form, groups) -> None:
	form.pop("doc", None)
	doctypes.allow(call, form.get("doctype"), "read", groups)


def comment(call, form, groups) -> None:
	"""A comment is the caller's own, on a document that may have comments."""
	from lsm_crm.services.encryption import encrypted_fields
	from lsm_crm.services.personal_data import links

	doctype = form.get("reference_doctype")
	doctypes.allow(call, doctype, "read", groups)
	if encrypted_fields(doctype) or "Client" in links().get(doctype, {}).values():
		# what is written about a client belongs in a case note, which is encrypted
		refuse(call, "comments are not encrypted, and what is about a client is")
	form["comment_email"] = frappe.session.user
	form["comment_by"] = frappe.utils.get_fullname(frappe.session.user)


def get_next(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	queries.check_name(call, form.get("sort_field", "modified"))
	if str(form.get("sort_order", "desc")).lower() not in ("asc", "desc"):
		refuse(call, "sort order")
	if str(form.get("prev", 0)) not in ("0", "1"):
		refuse(call, "neither next nor previous")
	queries.check_filters(queries.tables(call, form["doctype"]), form.get("filters"))
	rights.document_right(call, form["doctype"], form.get("value"))


def stats(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	names = queries.parsed(call, form.get("stats") or "[]")
	for name in names if isinstance(names, list) else [names]:
		queries.check_name(call, name)
	queries.check_filters(queries.tables(call, form["doctype"]), form.get("filters"))


def group_by_count(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	queries.check_name(call, form.get("field"))
	if form["field"] == "assigned_to":
		refuse(call, "assignments are counted over all records")
	queries.check_filters(queries.tables(call, form["doctype"]), form.get("current_filters"))
	rights.read_right(call, form["doctype"])


def calendar(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	queries.check_filters(queries.tables(call, form["doctype"]), form.get("filters"))


def tree(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	if form.get("tree_method"):
		rights.allowed_query(call, form["tree_method"], groups)
	tree_doctype(call, form, groups)


def add_node(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "create", groups)
	names, rows = documents.fields_of(form["doctype"])
	for key in list(form):
		if key not in names | {"cmd", "is_root", "parent"} or key in rows:
			form.pop(key)


def workflow(call, form, groups) -> None:
	"""Transitions act on the stored document; what the client thinks it holds is not read, but must not be old."""
	doc = documents.cleaned(call, form.get("doc"), "read", groups)
	if call.name.endswith("apply_workflow"):
		documents.refuse_stale(doc["doctype"], doc.get("name"), doc.get("modified"))
	form["doc"] = json.dumps({"doctype": doc["doctype"], "name": doc.get("name")})


def state_count(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	queries.check_name(call, form.get("workflow_state_field"))
	rights.read_right(call, form["doctype"])


def report(call, form, groups) -> None:
	"""A report that there is runs as the caller, with its own columns."""
	form.pop("user", None)
	if not isinstance(form.get("report_name"), str) or not frappe.db.exists("Report", form["report_name"]):
		refuse(call, "no such report")
	if form.get("custom_columns") not in (None, "", "[]", []):
		refuse(call, "columns that are not the report's")


def print_view(call, form, groups) -> None:
	"""The stored document is printed, never one that the client made up."""
	if not form.get("name"):
		doc = documents.cleaned(call, form.get("doc"), "read", groups)
		if not doc.get("name"):
			refuse(call, "nothing stored to print")
		form["doc"], form["name"] = doc["doctype"], doc["name"]
	doctypes.allow(call, form.get("doc"), "read", groups)
	rights.document_right(call, form["doc"], form["name"], "print")
	form.pop("style", None)


def print_page(call, form, groups) -> None:
	for key in ("doc", "key", "style"):
		form.pop(key, None)
	pdf(call, form, groups)


def pdf(call, form, groups) -> None:
	for key in ("doc", "key"):
		form.pop(key, None)
	doctypes.allow(call, form.get("doctype"), "read", groups)
	rights.document_right(call, form["doctype"], form.get("name"), "print")


def pdf_many(call, form, groups) -> None:
	doctypes.allow(call, form.get("doctype"), "read", groups)
	names = queries.parsed(call, form.get("name"), single=True)
	for name in names if isinstance(names, list) else [names]:
		rights.document_right(call, form["doctype"], name, "print")


def number_card(call, form, groups) -> None:
	"""The card as it is stored; a client's own card could ask for anything."""
	form["doc"] = frappe.as_json(_stored(call, form.get("doc"), "Number Card").as_dict())
	stored = frappe.parse_json(form["doc"])
	if stored.document_type:
		queries.check_filters(queries.tables(call, stored.document_type), form.get("filters"))


def dashboard_chart(call, form, groups) -> None:
	"""A stored chart, worked out for this caller: the framework's cache would give one user's figures to another."""
	chart = _stored(call, {"name": form.get("chart_name")}, "Dashboard Chart")
	form.pop("chart", None)
	form["no_cache"] = 1
	if chart.document_type:
		queries.check_filters(queries.tables(call, chart.document_type), form.get("filters"))


def _stored(call, doc, doctype_name: str):
	name = (queries.parsed(call, doc) or {}).get("name")
	if not name or not frappe.db.exists(doctype_name, name):
		refuse(call, f"no stored {doctype_name}")
	stored = frappe.get_cached_doc(doctype_name, name)
	if not stored.has_permission("read"):
		refuse(call, f"{doctype_name} of another role")
	return stored


def open_count(call, form, groups) -> None:
	form.pop("items", None)
	doctypes.allow(call, form.get("doctype"), "read", groups)


def own_user(call, form, groups) -> None:
	for key in ("user", "name"):
		if key in form:
			form[key] = frappe.session.user


def own_events(call, form, groups) -> None:
	"""The desk asks for today's private calendar; only the caller's own, unfiltered."""
	for key in set(form) - {"start", "end", "cmd"}:
		form.pop(key)


def desk_page(call, form, groups) -> None:
	name = str(form.get("name") or "")
	if name not in ("print", "user-profile", "print-format-builder", "setup-wizard", "backups"):
		return
	if name not in ("print",) and "manager" not in groups:
		refuse(call, f"desk page {name}")


def update_password(call, form, groups) -> None:
	if not form.get("key") and not form.get("old_password"):
		refuse(call, "neither key nor old password")


def doc_method(call, form, groups) -> None:
	"""The method of a stored document; one that the client made up is read again from the database."""
	name, document_name = form.get("dt"), form.get("dn")
	if form.get("docs"):
		doc = documents.cleaned(call, form["docs"], "read", groups)
		name, document_name = doc["doctype"], doc.get("name")
		form.pop("docs")
	if not isinstance(name, str) or (not document_name and not frappe.get_meta(name).issingle):
		refuse(call, "no stored document")
	form["dt"], form["dn"] = name, document_name or name
	allow_doc_method(call, name, form.get("method"), frappe.request.method, groups)


def allow_doc_method(call, doctype_name: str, method, http_method: str, groups) -> None:
	"""Refuse a controller method that is in no list. Listed as `module:Class.method` of the class that defines it."""
	from frappe.model.base_document import get_controller

	doctypes.allow(call, doctype_name, "read", groups)
	if not isinstance(method, str) or not method.isidentifier():
		refuse(call, "no method named")
	for cls in get_controller(doctype_name).__mro__:
		if method in vars(cls):
			rule = merged("DOC_METHODS", groups).get(f"{cls.__module__}:{cls.__name__}.{method}")
			if rule and http_method in rule.split("|"):
				return
			break
	call.doc_method = f"{doctype_name}.{method}"
	refuse(call, "controller method in no list of this group")


def upload(call, form, groups) -> None:
	"""A new file with its content, attached where the caller may write; never a file that is already there or elsewhere."""
	if form.get("file_url"):
		refuse(call, "a file by its address")
	if form.get("method"):
		rights.allowed_query(call, form["method"], groups)
	if "file" not in frappe.request.files:
		refuse(call, "no file sent")
	form["is_private"] = 1
	form.pop("folder", None)
	if form.get("doctype") or form.get("docname"):
		doctypes.allow(call, form.get("doctype"), "read", groups)
		if str(form.get("docname") or "").startswith("new-"):
			refuse(call, "save the record before adding a file")
		rights.document_right(call, form["doctype"], form.get("docname"), "write")
		if form.get("fieldname"):
			queries.check_name(call, form["fieldname"])
	elif "staff" not in groups:
		refuse(call, "a file that belongs to nothing")
