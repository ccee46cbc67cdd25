"""What runs in the reader's browser: script in anything that people type, pages with hostile addresses, framing."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.figures import SEED, figure
from tests.support import BENCH

pytestmark = pytest.mark.browser
HIT = "window.lsmHit=(window.lsmHit||0)+1"
SCRIPTS = (
	f'"<img src=x onerror={HIT}>"',  # valid JSON, which the framework leaves as it is
	f"<img src=x onerror={HIT}>",
	f'"><svg onload={HIT}>',
	f"<script>{HIT}</script>",
	f"'-({HIT})-'",
	f"{{{{constructor.constructor('{HIT}')()}}}}",
)
MARKED = "".join(SCRIPTS)
FIELDS = ("first_name", "last_name", "city", "street", "contact_notes")
TYPED = ("Data", "Small Text", "Text", "Long Text", "Text Editor")
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
	"/app/lsm-event/{LSM Event}",
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
def hostile_records(as_role, frappe_site):
	"""A client and a case whose every text holds script, a file named so and a comment, sent in as anybody with the right could."""
	session = as_role("LSM Coordinator")

	def send(path: str, **values) -> dict:
		answer = session.post(path, **values)
		assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
		return answer.json()

	def make(doctype: str, **values) -> str:
		return send(f"/api/resource/{doctype}", data={"data": json.dumps(values)})["data"]["name"]

	names = dict(
		zip(("first_name", "last_name"), (SCRIPTS[0], SCRIPTS[2]), strict=True)
	)  # together no longer than a name may be
	client = make("Client", preferred_language="nl", **{**dict.fromkeys(FIELDS, MARKED[:140]), **names})
	case = make("Case", client=client, case_type="Other", subject=SCRIPTS[0])
	event = session.get("/api/resource/LSM Event").json()["data"][0]["name"]
	send(
		"/api/method/frappe.desk.form.utils.add_comment",
		data={
			"reference_doctype": "LSM Event",
			"reference_name": event,
			"content": MARKED,
			"comment_email": "x@example.org",
			"comment_by": MARKED[:100],
		},
	)
	upload = {"doctype": "Case", "docname": case}
	send("/api/method/upload_file", data=upload, files={"file": (f"{SCRIPTS[1]}.txt", b"hello")})
	yield {"Client": client, "Case": case, "LSM Event": event}
	frappe_site.db.rollback()
	for doctype, filters in (
		("Comment", {"reference_name": event, "comment_email": ("like", "%")}),
		("File", {"attached_to_name": case}),
		("Case", {"name": case}),
		("Client", {"name": client}),
	):
		frappe_site.db.delete(doctype, filters)
	frappe_site.db.commit()


@pytest.fixture
def stored_script(hostile_records, frappe_site):
	"""The same records with script in every text of theirs, written past the app: by another program, an import, a restored dump."""
	kept = []
	for doctype, name in hostile_records.items():
		meta = frappe_site.get_meta(doctype)
		texts = [f for f in meta.fields if f.fieldtype in TYPED and not f.is_virtual and f.options in (None, "")]
		columns = [f.fieldname for f in texts]
		before = frappe_site.db.get_value(doctype, name, columns, as_dict=True)
		kept.append((doctype, name, before))
		values = {f.fieldname: MARKED if f.fieldtype != "Data" else MARKED[: f.length or 140] for f in texts}
		frappe_site.db.set_value(doctype, name, values, update_modified=False)
	frappe_site.db.sql(
		"UPDATE `tabComment` SET content = %s, comment_by = %s WHERE reference_name = %s",
		(MARKED, MARKED[:140], hostile_records["LSM Event"]),
	)
	frappe_site.db.sql(
		"UPDATE `tabFile` SET file_name = %s WHERE attached_to_name = %s", (MARKED[:140], hostile_records["Case"])
	)
	frappe_site.db.commit()
	frappe_site.clear_cache()
	yield hostile_records
	frappe_site.db.rollback()
	for doctype, name, before in kept:
		frappe_site.db.set_value(doctype, name, before, update_modified=False)
	frappe_site.db.commit()


def visit(page, address: str) -> None:
	page.goto(address, wait_until="domcontentloaded")
	page.wait_for_timeout(2500)


def hit(page) -> bool:
	return any(
		frame.evaluate("() => Boolean(window.lsmHit)") for frame in page.frames if frame.url.startswith(BENCH.url)
	)


def run_by(page, records: dict[str, str]) -> tuple[list[str], int]:
	"""(desk pages that ran the script in these records, how many showed it)."""
	ran, shown = [], 0
	for address in DESK_PAGES:
		visit(page, address.format(**records))
		shown += "constructor" in page.content() or "onerror" in page.content()
		if hit(page):
			ran.append(address)
	return ran, shown


@pytest.mark.skipif("not config.getoption('--audit')", reason="a part of ./lsm audit")
def test_script_in_records_is_shown_as_text(page_as, hostile_records):
	page = page_as("LSM Coordinator")
	dialogs = []
	page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
	ran, shown = run_by(page, hostile_records)
	figure("browser", f"{len(DESK_PAGES)} desk pages with script in their records, {len(ran)} run it", "0", SEED)
	assert ran == [], "\n".join(ran)
	assert dialogs == []
	assert shown, "none of the pages showed the hostile text, so nothing was tried"


@pytest.mark.skipif("not config.getoption('--audit')", reason="a part of ./lsm audit")
def test_script_in_the_database_is_shown_as_text(page_as, stored_script):
	page = page_as("LSM Coordinator")
	ran, shown = run_by(page, stored_script)
	figure("browser", f"{len(DESK_PAGES)} desk pages with script in the database, {len(ran)} run it", "0", SEED)
	assert ran == [], "\n".join(ran)
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
			if not re.search(r"(object|default)-src 'none'", policy) or (
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
	page.route(re.compile(r"^https?://evil\.example"), lambda route: (asked.append(route.request.url), route.abort()))
	page.goto(f"/login?redirect-to={target}")
	page.fill("#login_email", account["user"])
	page.fill("#login_password", account["password"])
	page.click(".form-login button.btn-login")
	page.wait_for_url(lambda url: "/login" not in url, timeout=20_000)
	assert page.url.startswith(BENCH.url), json.dumps(page.url)
	assert asked == []
	assert not hit(page)
