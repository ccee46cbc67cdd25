"""A second web node beside the first: sessions, writes and caches are shared through MariaDB and Redis."""

from __future__ import annotations

import subprocess
import time

import pytest
import requests

from config.services.bench import PORTS, ROOT
from tests.support import BENCH

SECOND_PORT = BENCH.base + len(PORTS)


@pytest.fixture(scope="module")
def second_node():
	command = [
		*(str(ROOT / "env/bin/python"), "-m", "gunicorn", f"--bind=127.0.0.1:{SECOND_PORT}"),
		*("--workers=1", "--threads=2", "frappe.app:application"),
	]
	node = subprocess.Popen(
		command, cwd=BENCH.sites, env=BENCH.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
	)
	address = f"http://127.0.0.1:{SECOND_PORT}"
	try:
		end = time.monotonic() + 60
		while True:
			try:
				if requests.get(f"{address}/api/method/ping", headers={"Host": BENCH.site}, timeout=10).ok:
					break
			except requests.ConnectionError:
				assert node.poll() is None, "the second node ended"
			assert time.monotonic() < end, "the second node does not answer"
			time.sleep(0.3)
		yield address
	finally:
		node.terminate()
		node.wait(20)


def test_a_session_of_one_node_counts_on_the_other(second_node, as_role):
	session = as_role("LSM Coordinator")
	cookies = {"sid": session.cookies.get("sid")}
	answer = requests.get(
		f"{second_node}/api/method/frappe.auth.get_logged_user",
		headers={"Host": BENCH.site},
		cookies=cookies,
		timeout=30,
	)
	assert answer.json()["message"] == session.get("/api/method/frappe.auth.get_logged_user").json()["message"]


def test_what_one_node_writes_the_other_reads_at_once(second_node, as_role):
	session = as_role("LSM Coordinator")
	topic = session.get("/api/resource/Help Topic?limit_page_length=1").json()["data"][0]["name"]
	cookies = {"sid": session.cookies.get("sid")}
	first = session.get(f"/api/resource/Help Topic/{topic}").json()["data"]["dutch_name"]
	for word in ("eerste node", "tweede node", first):  # as it was at last: the word is Dutch on other pages too
		before = session.get(f"/api/resource/Help Topic/{topic}").json()["data"]
		saved = session.put(
			f"/api/resource/Help Topic/{topic}", json={"dutch_name": word, "modified": before["modified"]}
		)
		assert saved.status_code == 200, saved.text
		seen = requests.get(
			f"{second_node}/api/resource/Help Topic/{topic}", headers={"Host": BENCH.site}, cookies=cookies, timeout=30
		)
		assert seen.json()["data"]["dutch_name"] == word
