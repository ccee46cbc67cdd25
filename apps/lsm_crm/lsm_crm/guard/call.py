"""What a request asks for, named the way the framework would find it."""

from dataclasses import dataclass

from lsm_crm.guard.errors import refuse

HANDLER = "frappe.handler."
# short names that the framework's handler knows without a dot, and names that mean another
SAME = {
	"frappe.handler.runserverobj": "frappe.handler.run_doc_method",
	"frappe.handler.login": "login",
	"frappe.core.doctype.file.file.get_max_file_size": "frappe.core.api.file.get_max_file_size",
}


@dataclass(slots=True)
class Call:
	"""One request: a function, documents over REST, a file, or a page."""

	kind: str  # function, rest, file, page, none
	name: str = ""  # function's dotted name, path of page or file
	doctype: str = ""
	document: str = ""
	doc_method: str = ""
	action: str = ""  # rest: list, read, create, write, delete, doc_method

	def __str__(self) -> str:
		return f"{self.kind} {self.name or self.doctype} {self.doc_method or self.action}".strip()


REST_ACTIONS = {
	(True, "GET"): "read",
	(True, "HEAD"): "read",
	(True, "PUT"): "write",
	(True, "DELETE"): "delete",
	(False, "GET"): "list",
	(False, "HEAD"): "list",
	(False, "POST"): "create",
}


def from_request(method: str, path: str, form: dict) -> Call:
	"""Name the call in the order in which the framework would dispatch it: cmd, /api, /backups, private files, pages."""
	if method == "OPTIONS":
		return Call("none")
	if form.get("cmd"):
		return Call("function", full_name(str(form["cmd"])))
	if path.startswith("/api/"):
		return _api(method, path, form)
	if path.startswith("/backups"):
		return Call("page", "backups")
	if path.startswith("/private/files/"):
		return Call("file", path)
	return Call("page", page_name(path))


def full_name(name: str) -> str:
	name = name if "." in name else HANDLER + name
	return SAME.get(name, name)


def page_name(path: str) -> str:
	path = path.strip("/ ")
	return path[:-5] if path.endswith(".html") else path


def _api(method: str, path: str, form: dict) -> Call:
	# split as the framework does; a newer one has /api/v1 and /api/v2 too
	parts = path[1:].split("/", 3)
	if parts[1] == "v1":
		parts = ("/".join((parts[0], *path[1:].split("/", 2)[2:]))).split("/", 3)
	kind = parts[1] if len(parts) > 1 else ""
	subject = parts[2] if len(parts) > 2 else ""
	document = parts[3].rstrip("/") if len(parts) > 3 else ""
	if kind == "method" and subject:
		return Call("function", full_name(subject if not document else f"{subject}/{document}"))
	if kind == "resource" and subject:
		if "run_method" in form:
			return Call("rest", "", subject, document, str(form["run_method"]), "doc_method")
		action = REST_ACTIONS.get((bool(document), method), "unknown")
		return Call("rest", "", subject, document, "", action)
	refuse(Call("function", path), "no such address")
