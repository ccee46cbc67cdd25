"""Logging in and what a session is worth: lockout without the cache, equal answers, headers, own pages, one host."""

from __future__ import annotations

import statistics
import time

import pytest
import requests

from tests.figures import figure
from tests.support import BENCH, Session

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


def test_second_factor_is_asked_where_it_is_on(person, frappe_site):
	from frappe.installer import update_site_config

	update_site_config("lsm_second_factor", 1)
	try:
		time.sleep(1)
		session = Session()
		assert session.post("/api/method/login", data={"usr": person, "pwd": PASSWORD}).status_code == 200
		assert (
			session.get("/app", headers={"Accept": "text/html"}, allow_redirects=False).headers.get("Location")
			== "/second-step"
		)
		assert session.get("/api/resource/Client").status_code == 403
		assert session.get("/second-step", headers={"Accept": "text/html"}).status_code == 200
	finally:
		update_site_config("lsm_second_factor", 0)
