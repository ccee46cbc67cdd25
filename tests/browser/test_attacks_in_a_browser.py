"""What runs in the reader's browser: script in anything that people type, pages with hostile addresses, framing."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.figures import figure
from tests.support import BENCH

pytestmark = pytest.mark.browser
SEED = int(os.environ.get("LSM_SEED") or 20261122)
HIT = "window.lsmHit=(window.lsmHit||0)+1"
SCRIPTS = (
	f"<img src=x onerror={HIT}>",
	f'"><svg onload={HIT}>',
	f"<script>{HIT}</script>",
	f"'-({HIT})-'",
	f"{{{{constructor.constructor('{HIT}')()}}}}",
)
MARKED = "".join(SCRIPTS)
FIELDS = ("first_name", "last_name", "city", "street", "contact_notes")
DESK_PAGES = (
	"/app/client/{Client}",
	"/app/client",
	"/app/client/view/report",
	"/app/case/{Case}",
	"/app/case",
	"/app/case/view/kanban",
	"/app/case/view/report",
	"/app/client-appointment/view/calendar/default",
	"/app/help-request",
	"/app/print/Case/{Case}",
	"/app/user-profile",
	"/app/coordination",
	"/printview?doctype=Case&name={Case}",
)
HOSTILE = (
	"<script>window.lsmHit=1</script>",
	"\"><img src=x onerror='window.lsmHit=1'>",
	"javascript:window.lsmHit=1",
	"'-alert(1)-'",
	"%3Cscript%3Ewindow.lsmHit=1%3C/script%3E",
)
PUBLIC_PAGES = (
	"/nl/",
	"/nl/agenda",
	"/ar/form/help",
	"/nl/form/catering",
	"/nl/form/event",
	"/login",
	"/update-password",
)
PARAMETERS = ("lang", "month", "event", "redirect-to", "message", "q", "key", "draft")


@pytest.fixture
def hostile_records(frappe_site):
	"""A case whose every text holds script, written past every check: what is stored is only ever shown as text."""
	from lsm_crm.tests.factories import make_case, make_client

	frappe_site.db.rollback()
	client = make_client()
	case = make_case(client.name)
	request = frappe_site.get_all("Help Request", pluck="name", limit=1)[0]
	user = "coordinator-hostile@example.org"
	for doctype, name, fields in (
		("Client", client.name, FIELDS),
		("Case", case.name, ("subject", "summary", "client_name")),
	):
		known = {field for field in fields if frappe_site.get_meta(doctype).has_field(field)}
		frappe_site.db.set_value(doctype, name, dict.fromkeys(known, MARKED[:140]), update_modified=False)
	comment = {
		"doctype": "Comment",
		"comment_type": "Comment",
		"reference_doctype": "Case",
		"reference_name": case.name,
	}
	frappe_site.get_doc({**comment, "content": "x", "comment_email": user, "comment_by": MARKED[:140]}).db_insert()
	written = frappe_site.get_doc({**comment, "content": "x"})
	written.db_insert()
	frappe_site.db.set_value("Comment", written.name, "content", MARKED, update_modified=False)
	file = {"doctype": "File", "file_name": MARKED[:140], "file_url": "/private/files/x.txt", "is_private": 1}
	frappe_site.get_doc({**file, "attached_to_doctype": "Case", "attached_to_name": case.name}).db_insert()
	frappe_site.db.commit()
	yield {"Client": client.name, "Case": case.name, "Help Request": request}
	frappe_site.db.delete("Comment", {"reference_name": case.name})
	frappe_site.db.delete("File", {"attached_to_name": case.name})
	frappe_site.db.delete("Case", {"name": case.name})
	frappe_site.db.delete("Client", {"name": client.name})
	frappe_site.db.commit()


def visit(page, address: str) -> None:
	page.goto(address, wait_until="domcontentloaded")
	page.wait_for_timeout(2500)


def hit(page) -> bool:
	return any(
		frame.evaluate("() => Boolean(window.lsmHit)") for frame in page.frames if frame.url.startswith(BENCH.url)
	)


def test_script_in_records_is_shown_as_text(page_as, hostile_records, request):
	page = page_as("LSM Coordinator")
	dialogs = []
	page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
	whole = request.config.getoption("--audit")
	ran, shown = [], 0
	pages = DESK_PAGES if whole else DESK_PAGES[:1]
	for address in pages:
		visit(page, address.format(**hostile_records))
		shown += "onerror=" in page.content()
		if hit(page):
			ran.append(address)
	if whole:
		figure("browser", f"{len(pages)} desk pages with script in their records, {len(ran)} run it", "0", SEED)
	assert ran == []
	assert dialogs == []
	assert shown, "none of the pages showed the hostile text, so nothing was tried"


def test_hostile_addresses_of_public_pages(open_page, request):
	page = open_page()
	dialogs, ran, unprotected = [], [], []
	page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
	whole = request.config.getoption("--audit")
	tried = 0
	for address in PUBLIC_PAGES if whole else PUBLIC_PAGES[2:3]:
		for value in HOSTILE if whole else HOSTILE[:1]:
			page.goto("about:blank")
			query = "&".join(f"{name}={value}" for name in PARAMETERS)
			answer = page.goto(f"{address}?{query}#{value}", wait_until="load")
			tried += 1
			if hit(page):
				ran.append((address, value))
			policy = answer.headers.get("content-security-policy", "")
			if "object-src 'none'" not in policy or (
				not address.startswith(("/login", "/update")) and "unsafe" in policy
			):
				unprotected.append((address, policy))
	if whole:
		figure("browser", f"{tried} hostile addresses of public pages, {len(ran)} run script", "0", SEED)
	assert ran == []
	assert dialogs == []
	assert unprotected == []


def test_public_pages_run_no_inline_script(open_page):
	page = open_page()
	page.goto("/nl/")
	page.evaluate(
		"() => { const s = document.createElement('script'); s.textContent = 'window.lsmHit = 1'; document.body.append(s); }"
	)
	page.evaluate("() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.lsmHit=1\">'); }")
	page.wait_for_timeout(300)
	assert not hit(page)


def test_the_desk_takes_no_script_from_elsewhere(page_as, elsewhere):
	page = page_as("LSM Kitchen")
	visit(page, "/app/kitchen")
	page.evaluate(
		"address => { const s = document.createElement('script'); s.src = address; document.head.append(s); }",
		f"{elsewhere.address}/script.js",
	)
	sent = page.evaluate("address => fetch(address + '/take?x=1').then(() => true, () => false)", elsewhere.address)
	page.wait_for_timeout(300)
	assert not hit(page)
	assert sent is False
	assert elsewhere.asked == []


class Elsewhere:
	"""Another website: a script, and a page that frames ours."""

	def __init__(self):
		self.asked: list[str] = []
		outer = self

		class Handler(BaseHTTPRequestHandler):
			def do_GET(self):
				outer.asked.append(self.path)
				page = "".join(f'<iframe src="{BENCH.url}{path}"></iframe>' for path in ("/app", "/nl/", "/login"))
				script = self.path.endswith(".js")
				self.send_response(200)
				self.send_header("Content-Type", "text/javascript" if script else "text/html")
				self.send_header("Access-Control-Allow-Origin", "*")
				self.end_headers()
				self.wfile.write(b"window.lsmHit = 1" if script else page.encode())

			def log_message(self, *arguments):
				pass

		self.server = HTTPServer(("127.0.0.1", 0), Handler)
		self.address = f"http://127.0.0.1:{self.server.server_port}"
		threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def elsewhere():
	site = Elsewhere()
	yield site
	site.server.shutdown()
	site.server.server_close()


def test_no_page_is_framed_by_another_website(page_as, elsewhere):
	page = page_as("LSM Kitchen")
	page.goto(elsewhere.address)
	page.wait_for_timeout(1500)
	assert elsewhere.asked, "the other website was visited"
	framed = [frame.url for frame in page.frames[1:] if frame.url.startswith(BENCH.url)]
	assert framed == []
	assert len(page.frames) == 4


@pytest.mark.parametrize(
	"target", ["https://evil.example/x", "//evil.example", "javascript:window.lsmHit=1", "/\\evil.example"]
)
def test_login_leads_to_own_pages_only(open_page, account_of, target):
	page = open_page()
	account = account_of("LSM Kitchen")
	asked = []
	page.route("**/evil.example/**", lambda route: (asked.append(route.request.url), route.abort()))
	page.goto(f"/login?redirect-to={target}")
	page.fill("#login_email", account["user"])
	page.fill("#login_password", account["password"])
	page.click(".form-login button.btn-login")
	page.wait_for_url(lambda url: "/login" not in url, timeout=20_000)
	assert page.url.startswith(BENCH.url), json.dumps(page.url)
	assert asked == []
	assert not hit(page)
