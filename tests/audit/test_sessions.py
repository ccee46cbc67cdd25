"""Logging in and what a session is worth: lockout without the cache, equal answers, headers, own pages, one host."""

from __future__ import annotations

import re
import statistics
import time

import pyotp
import pytest
import requests

from tests.figures import figure
from tests.support import BENCH, Session, accounts

PASSWORD = "Sessie-proef-7735"


@pytest.fixture
def person(frappe_site):
	from frappe.utils.password import update_password

	from lsm_crm.tests.factories import make_user

	user = make_user("LSM Case Worker", email=f"sessie-{frappe_site.generate_hash(length=6)}@example.org")
	update_password(user.name, PASSWORD)
	frappe_site.db.commit()
	return user.name


def log_in(user: str, password: str, **kwargs) -> requests.Response:
	return Session().post("/api/method/login", data={"usr": user, "pwd": password}, **kwargs)


def test_five_wrong_passwords_lock_and_a_lost_cache_opens_nothing(person, frappe_site):
	assert log_in(person, PASSWORD).status_code == 200
	for _attempt in range(5):
		assert log_in(person, "wrong").status_code == 401
	assert log_in(person, PASSWORD).status_code != 200
	frappe_site.cache.delete_keys("")  # what the framework counted is gone
	answer = log_in(person, PASSWORD)
	assert answer.status_code == 401 and "Invalid login credentials" in answer.text


def test_reset_answers_alike_for_known_and_unknown(person):
	texts, times = {}, {person: [], "nobody-at-all@example.org": []}
	for _round in range(3):
		for address, taken in times.items():
			start = time.perf_counter()
			answer = Session().post("/api/method/frappe.core.doctype.user.user.reset_password", data={"user": address})
			taken.append(time.perf_counter() - start)
			texts[address] = (answer.status_code, answer.text)
	assert len(set(texts.values())) == 1
	apart = abs(statistics.median(times[person]) - statistics.median(times["nobody-at-all@example.org"]))
	figure("reset", f"answers equal, medians {apart * 1000:.0f} ms apart", "one answer, equal time")
	assert apart < 0.5


def test_headers_of_public_page_and_desk(as_role, guest):
	page = guest.get("/nl/", headers={"Accept": "text/html"})
	policy = page.headers["Content-Security-Policy"]
	assert "unsafe" not in policy and "-src 'none'" in policy and "frame-ancestors 'none'" in policy
	desk = as_role("LSM Case Worker").get("/app", headers={"Accept": "text/html"}).headers["Content-Security-Policy"]
	for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"):
		assert rule in desk
	for header in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
		assert page.headers[header]


def test_a_session_named_in_the_address_is_ignored(as_role, account_of):
	stolen = as_role("LSM Case Worker").cookies.get("sid")
	answer = Session().get("/api/method/frappe.auth.get_logged_user", params={"sid": stolen})
	assert answer.status_code == 403
	assert stolen not in str(answer.headers.get("Set-Cookie"))


def test_foreign_origin_and_redirect(as_role):
	worker = as_role("LSM Case Worker")
	url = "/api/method/frappe.desk.doctype.notification_log.notification_log.trigger_indicator_hide"
	assert worker.post(url).status_code == 200
	assert worker.post(url, headers={"Origin": "https://evil.example"}).status_code == 403
	page = Session().get("/login", params={"redirect-to": "https://evil.example/"}, headers={"Accept": "text/html"})
	assert "evil.example" not in page.text


def test_another_address_of_the_machine_is_not_ours():
	answer = requests.get(BENCH.url + "/login", headers={"Host": "evil.example"}, timeout=30)
	assert answer.status_code == 404


def test_no_document_page_and_no_path_upwards(guest):
	for path in (
		"/Client",
		"/User/Administrator",
		"/..%2f..%2f..%2fetc%2fpasswd",
		"/files/..%2f..%2fsite_config.json",
		"/backups/x",
		"/api/v2/document/User",
	):
		assert guest.get(path).status_code in (400, 403, 404), path


@pytest.fixture
def second_factor(frappe_site):
	"""On for the time of a test; gives what forgets a person's enrolment."""
	from frappe.installer import update_site_config

	from lsm_crm.services import second_factor as service

	def forget(user: str) -> None:
		frappe_site.db.rollback()
		service.reset(user)
		frappe_site.db.commit()

	update_site_config("lsm_second_factor", 1)
	time.sleep(1.1)  # processes notice a changed file by its time
	yield forget
	update_site_config("lsm_second_factor", 0)
	time.sleep(1.1)


HTML = {"Accept": "text/html"}
STEP = "/second-step"


def test_second_factor_is_asked_where_it_is_on(person, second_factor):
	session = Session()
	assert session.post("/api/method/login", data={"usr": person, "pwd": PASSWORD}).status_code == 200
	assert session.get("/app", headers=HTML, allow_redirects=False).headers.get("Location") == STEP
	assert session.get("/api/resource/Client").status_code == 403
	assert session.get(STEP, headers=HTML).status_code == 200


def own_password(role: str, person: str) -> tuple[str, str]:
	if role != "Administrator":
		return person, PASSWORD
	return role, accounts()["Administrator"]["password"]


@pytest.mark.parametrize("role", ["LSM Case Worker", "Administrator"])
def test_enrolling_on_the_page_without_mail_and_script(person, second_factor, role):
	user, password = own_password(role, person)
	second_factor(user)
	session = Session()
	assert session.post("/api/method/login", data={"usr": user, "pwd": password}).status_code == 200

	def page(**typed) -> str:
		token = re.search(r'name="csrf_token" value="([^"]+)"', shown[-1]).group(1) if typed else ""
		answer = (
			session.post(STEP, data={**typed, "csrf_token": token}, headers=HTML)
			if typed
			else session.get(STEP, headers=HTML)
		)
		assert answer.status_code == 200
		assert "{{" not in answer.text and "frappe.ready" not in answer.text and "<script" not in answer.text
		shown.append(answer.text)
		return answer.text

	shown: list[str] = []
	first = page()
	secret = re.search(r"<code>([A-Z2-7]{32})</code>", first).group(1)
	assert "<svg" in first and "<path" in first and 'lang="' in first
	wrong = page(code="000000")
	assert 'role="alert"' in wrong and secret in wrong  # a mistyped code does not begin anew
	assert session.get("/app", headers=HTML, allow_redirects=False).headers.get("Location") == STEP
	codes = re.findall(r"<li><code>([0-9a-f]{10})</code>", page(code=pyotp.TOTP(secret).now()))
	assert len(codes) == 10
	assert session.get("/app", headers=HTML, allow_redirects=False).status_code == 200

	later = Session()
	later.post("/api/method/login", data={"usr": user, "pwd": password})
	session = later
	assert secret not in page() and "<svg" not in shown[-1]
	answer = session.post(
		STEP,
		data={"code": codes[0], "csrf_token": re.search(r'csrf_token" value="([^"]+)"', shown[-1]).group(1)},
		headers=HTML,
		allow_redirects=False,
	)
	assert answer.headers.get("Location") == "/app"
	assert session.get("/app", headers=HTML, allow_redirects=False).status_code == 200
	second_factor(user)


def test_the_page_in_a_browser(open_page, person, second_factor):
	second_factor(person)
	page, broken = open_page(width=390, height=800), []
	page.on("pageerror", lambda error: broken.append(str(error)))
	page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
	page.goto("/login")
	page.fill("#login_email", person)
	page.fill("#login_password", PASSWORD)
	broken.clear()
	page.click(".btn-login:visible")
	page.wait_for_url("**/second-step")
	page.fill("#code", pyotp.TOTP(page.locator("p > code").inner_text()).now())
	assert page.locator(".lsm-qr svg").bounding_box()["width"] > 100
	page.click("button[type=submit]")
	page.wait_for_selector("li > code")
	assert broken == []
	page.click("a[href='/app']")
	page.wait_for_url("**/app/**")
	second_factor(person)


def test_a_session_ends_after_half_an_hour_without_use(person, frappe_site):
	from frappe.utils import add_to_date, now_datetime

	def used(minutes: int) -> int:
		session = Session()
		assert session.post("/api/method/login", data={"usr": person, "pwd": PASSWORD}).status_code == 200
		sid = session.cookies.get("sid")
		kept = frappe_site.cache.hget("session", sid)
		kept["data"]["last_updated"] = str(add_to_date(now_datetime(), minutes=-minutes))
		frappe_site.cache.hset("session", sid, kept)
		return session.get("/api/method/frappe.auth.get_logged_user").status_code

	assert (used(29), used(31)) == (200, 403)
