"""Role × DocType × door over HTTP: what the role table and the row rules say is what every door gives, and no canary shows elsewhere."""

from __future__ import annotations

import json
import random
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from config.services import site as sites
from config.services.bench import ROOT
from lsm_crm import permission_table
from lsm_crm.constants import STAFF_ROLES
from tests.figures import SEED, figure
from tests.support import BENCH, Session

METHOD = "/api/method/"
SHORT = 400
AT_ONCE = 6
MUST_REACH = 6000


def prepared() -> dict:
	"""Foreign records and accounts on the test site, and what the row rules say about them."""
	done = subprocess.run(
		[sites.python(), "-m", "tests.cells.prepare", BENCH.site],
		cwd=BENCH.sites,
		env={**BENCH.environment(), "PYTHONPATH": str(ROOT)},
		capture_output=True,
		text=True,
	)
	assert done.returncode == 0, done.stderr[-3000:]
	return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def facts() -> dict:
	return prepared()


def named(doctype: str, name: str) -> dict:
	return {"doctype": doctype, "filters": json.dumps([[doctype, "name", "=", name]]), "fields": json.dumps(["name"])}


# door: (right it needs, request(doctype, name, facts) -> (method, path, arguments))
DOORS = {
	"REST": ("read", lambda d, n, f: ("GET", f"/api/resource/{quote(d)}/{quote(n)}", {})),
	"form": ("read", lambda d, n, f: ("POST", METHOD + "frappe.desk.form.load.getdoc", {"doctype": d, "name": n})),
	"get": ("read", lambda d, n, f: ("POST", METHOD + "frappe.client.get", {"doctype": d, "name": n})),
	"list": ("list", lambda d, n, f: ("POST", METHOD + "frappe.client.get_list", named(d, n))),
	"REST list": ("list", lambda d, n, f: ("GET", f"/api/resource/{quote(d)}", {"filters": named(d, n)["filters"]})),
	"report view": ("list", lambda d, n, f: ("POST", METHOD + "frappe.desk.reportview.get", named(d, n))),
	"count": ("list", lambda d, n, f: ("POST", METHOD + "frappe.desk.reportview.get_count", named(d, n))),
	"plain count": ("never", lambda d, n, f: ("POST", METHOD + "frappe.client.get_count", named(d, n))),
	"value": (
		"list",
		lambda d, n, f: ("POST", METHOD + "frappe.client.get_value", {**named(d, n), "fieldname": "name"}),
	),
	"link search": (
		"search",
		lambda d, n, f: (
			"POST",
			METHOD + "frappe.desk.search.search_link",
			{"doctype": d, "txt": n, "ignore_user_permissions": 1},
		),
	),
	"title": (
		"search",
		lambda d, n, f: ("POST", METHOD + "frappe.desk.search.get_link_title", {"doctype": d, "docname": n}),
	),
	"link": ("search", lambda d, n, f: ("POST", METHOD + "frappe.client.validate_link", {"doctype": d, "docname": n})),
	"print": (
		"print",
		lambda d, n, f: ("POST", METHOD + "frappe.www.printview.get_html_and_style", {"doc": d, "name": n}),
	),
	"print page": ("print", lambda d, n, f: ("GET", "/printview", {"doctype": d, "name": n})),
	"export": (
		"export",
		lambda d, n, f: (
			"POST",
			METHOD + "frappe.desk.reportview.export_query",
			{**named(d, n), "file_format_type": "CSV", "title": "x"},
		),
	),
	"global search": (
		"never",
		lambda d, n, f: ("POST", METHOD + "frappe.utils.global_search.search", {"text": f"KANARIE {d}"}),
	),
	"file": ("read", lambda d, n, f: ("GET", quote(f["files"].get(d) or "/private/files/none.txt"), {})),
	"share": (
		"never",
		lambda d, n, f: (
			"POST",
			METHOD + "frappe.share.add",
			{"doctype": d, "name": n, "user": "cell-lsm-board@example.org", "read": 1},
		),
	),
	"PDF": ("print", lambda d, n, f: ("GET", METHOD + "lsm_crm.api.pdf.download_pdf", {"doctype": d, "name": n})),
	"web form": (
		"never",
		lambda d, n, f: (
			"POST",
			METHOD + "frappe.website.doctype.web_form.web_form.get_form_data",
			{"doctype": d, "docname": n, "web_form_name": "help-request"},
		),
	),
	"web page": ("never", lambda d, n, f: ("GET", f"/{quote(d)}/{quote(n)}", {})),
	"dotted field": (
		"dotted",
		lambda d, n, f: (
			"POST",
			METHOD + "frappe.client.get_list",
			{
				"doctype": d,
				"fields": json.dumps(
					[
						f"{(f['links'][d] or ('owner', ''))[0]}.{f['titles'].get((f['links'][d] or ('', d))[1]) or 'name'} as x"
					]
				),
				"filters": named(d, n)["filters"],
			},
		),
	),
}


def expected(door: str, doctype: str, role: str, facts: dict) -> bool:
	right, _request = DOORS[door]
	entry = permission_table.load()[doctype].get(role)
	if (
		right == "never"
		or (door == "file" and doctype not in facts["files"])
		or entry is None
		or role not in STAFF_ROLES
	):
		return False
	actions, row = entry["actions"], facts["rows"][doctype][role]
	if right == "dotted":
		return False  # asked for separately: the canary of a linked record
	if right == "list":
		return row and bool(actions & {"read", "select"})
	if right == "search":
		return row and bool(actions & {"read", "select"})
	if right == "print":
		return row and {"read", "print"} <= actions
	if door == "file" and doctype == "Data Request":  # what was gathered about a person is for who answers the request
		return row and {"read", "write"} <= actions
	if right == "export":
		return row and {"read", "export"} <= actions
	return row and "read" in actions


def visible(door: str, answer, doctype: str, name: str, facts: dict) -> bool:
	if answer.status_code != 200 or "exc_type" in answer.text[:200]:
		return False
	if door == "count":
		return bool(answer.json().get("message"))
	if door == "plain count":
		return True
	if door == "share":
		return True
	if door == "PDF":
		return answer.content.startswith(b"%PDF-")
	if door == "dotted field":
		linked = facts["links"][doctype]
		return bool(linked) and f"KANARIE {linked[1]}" in answer.text
	return name in answer.text or f"KANARIE {doctype}" in answer.text


def cells(facts: dict, whole: bool) -> list[tuple[str, str, str]]:
	every = [(role, doctype, door) for role in facts["users"] for doctype in facts["records"] for door in DOORS]
	if whole:
		return every
	return random.Random(SEED).sample(every, min(SHORT, len(every)))


def try_cell(session: Session, cell: tuple[str, str, str], facts: dict) -> tuple[bool, str, str]:
	"""Whether the cell is open, what is wrong with that, and the canary it shows; empty texts when all is well."""
	role, doctype, door = cell
	name = facts["records"][doctype]
	method, path, arguments = DOORS[door][1](doctype, name, facts)
	key = "params" if method == "GET" else "data"
	answer = session.request(method, path, allow_redirects=False, **{key: arguments})
	seen = visible(door, answer, doctype, name, facts)
	want = expected(door, doctype, role, facts)
	if door == "dotted field" and facts["links"][doctype]:
		linked = facts["links"][doctype][1]
		want = seen and expected("list", doctype, role, facts) and expected("form", linked, role, facts)
	told = " × ".join(cell)
	wrong = canary = ""
	if seen != want or answer.status_code >= 500:
		wrong = f"{told}: {'given' if seen else 'refused'} ({answer.status_code} {answer.text[:200]!r})"
	if not want and f"KANARIE {doctype}" in answer.text:
		canary = told
	return seen, wrong, canary


def try_cells(chosen: list[tuple[str, str, str]], facts: dict, log_in) -> list[tuple[bool, str, str]]:
	"""All cells, a few at a time; those of one role share a session."""
	by_role: dict[str, list] = {}
	for cell in chosen:
		by_role.setdefault(cell[0], []).append(cell)

	def of_role(role: str) -> list:
		session = log_in(facts["users"][role], facts["password"])
		return [try_cell(session, cell, facts) for cell in by_role[role]]

	with ThreadPoolExecutor(AT_ONCE) as pool:
		return [result for results in pool.map(of_role, by_role) for result in results]


def test_every_cell_is_as_the_table_says(facts, request, capsys):
	whole = bool(request.config.getoption("--audit"))
	results = try_cells(cells(facts, whole), facts, lambda user, password: Session().log_in(user, password))
	opened = Counter(seen for seen, _wrong, _canary in results)
	wrong = [text for _seen, text, _canary in results if text]
	canaries = [text for _seen, _wrong, text in results if text]
	with capsys.disabled():
		print(
			f"\ncells: {len(results)} tried (seed {SEED}), {opened[True]} open and {opened[False]} shut, "
			f"{len(wrong)} not as the table says; {len(canaries)} canaries"
		)
	figure(
		"cells",
		f"{len(results)} cells, {len(wrong)} not as the table says, {len(canaries)} canaries",
		"6,000 or more, 0, 0",
		SEED,
	)
	assert canaries == [], "\n".join(canaries[:60])
	assert wrong == [], f"{len(wrong)}:\n" + "\n".join(wrong[:200])
	assert opened[True] and opened[False]
	assert not whole or len(results) >= MUST_REACH
