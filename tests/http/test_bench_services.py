"""The running stack from outside: what `status` tells, restarts after a kill, foreign hosts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest
import requests

from config.services.bench import ROOT
from tests.support import BENCH


def status() -> dict:
	done = subprocess.run(
		[str(ROOT / "lsm"), "status", "--json"], capture_output=True, text=True, env=BENCH.environment()
	)
	return json.loads(done.stdout)


def test_status_names_every_process_and_an_address_that_answers():
	told = status()
	assert [row["name"] for row in told["processes"]] == (
		["database", "cache", "queue", "front", "web", "realtime", "worker", "schedule"]
	)
	assert all(row["state"] == "running" for row in told["processes"]), told
	assert requests.get(told["url"] + "/api/method/ping", timeout=20).json()["message"] == "pong"


@pytest.mark.parametrize("name", ["web", "worker", "realtime", "front", "schedule", "cache", "queue"])
def test_a_killed_process_is_back_within_30_seconds(name):
	before = next(row for row in status()["processes"] if row["name"] == name)
	os.kill(before["pid"], signal.SIGKILL)
	end = time.monotonic() + 30
	while True:
		now = next(row for row in status()["processes"] if row["name"] == name)
		if now["state"] == "running" and now["pid"] != before["pid"]:
			break
		assert time.monotonic() < end, now
		time.sleep(0.5)
	while time.monotonic() < end:
		try:
			if requests.get(BENCH.url + "/api/method/ping", timeout=5).ok:
				return
		except requests.ConnectionError:
			time.sleep(0.2)
	raise AssertionError("the site did not come back")


@pytest.mark.parametrize("host", ["evil.example", "lsm.localhost.evil.example", "other.localhost"])
def test_a_foreign_host_gets_nothing(host):
	answer = requests.get(BENCH.url + "/", headers={"Host": host}, timeout=20)
	assert answer.status_code == 404
	assert "lsm" not in answer.text.lower()


@pytest.mark.parametrize(
	"path", ["/..%2f..%2fsite_config.json", "/assets/..%2f..%2fcommon_site_config.json", "/%2e%2e/%2e%2e/etc/passwd"]
)
def test_encoded_steps_upwards_find_nothing(path):
	# requests would tidy the path up; this goes out as it stands.
	from http.client import HTTPConnection

	connection = HTTPConnection("127.0.0.1", BENCH.port("front"), timeout=20)
	connection.request("GET", path)
	answer = connection.getresponse()
	assert answer.status in (400, 404)
	assert b"db_password" not in answer.read()


def test_the_usual_bench_command_works_in_a_bench_folder():
	environment = {**BENCH.environment(), "PYTHONPATH": ""}
	done = subprocess.run(
		[str(ROOT / "env/bin/bench"), "--site", BENCH.site, "list-apps"],
		capture_output=True,
		text=True,
		cwd=BENCH.root,
		env=environment,
	)
	names = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
	assert names == ["frappe", "lsm_crm"], done.stderr[-500:]


def test_doctor_finds_nothing_wrong_with_what_runs(frappe_site):
	# The cells planted a row of every kind; as background work it names no function and so is given up.
	frappe_site.db.delete("Outbox Job", {"name": ("like", "KAN-%")})
	frappe_site.db.commit()
	end = time.monotonic() + 30
	while any(row["state"] != "running" for row in status()["processes"]) and time.monotonic() < end:
		time.sleep(0.5)  # the tests before this one killed some
	done = subprocess.run([str(ROOT / "lsm"), "doctor"], capture_output=True, text=True, env=BENCH.environment())
	assert "✗" not in done.stdout, done.stdout
	assert "second factor" in done.stdout
