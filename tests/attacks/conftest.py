"""A throwaway site with guard and row rules off, beside the real one."""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests

from config.services import site as sites
from config.services.bench import ROOT, Bench
from config.services.database import root_account
from conftest import BENCH

OPEN_SITE = "open.attack.localhost"
PREPARE = Path(__file__).with_name("prepare.py")


class Target:
	"""A prepared site: where it is, what is in it, and one session per attacker."""

	def __init__(self, url: str, host: str, facts: dict):
		self.url, self.host, self.facts = url, host, facts
		self.sessions: dict[str, requests.Session] = {}

	def session(self, who: str) -> requests.Session:
		if who not in self.sessions:
			session = requests.Session()
			session.headers.update({"Host": self.host, "Accept": "application/json"})
			if who != "guest":
				answer = session.post(
					self.url + "/api/method/login",
					data={"usr": self.facts["users"][who], "pwd": self.facts["password"]},
				)
				assert answer.status_code == 200, f"{who}: {answer.status_code} {answer.text[:200]}"
				page = session.get(self.url + "/app", headers={"Accept": "text/html"}).text
				if (marker := 'csrf_token = "') in page:
					session.headers["X-Frappe-CSRF-Token"] = page.split(marker, 1)[1].split('"', 1)[0]
			self.sessions[who] = session
		return self.sessions[who]

	def run(self, attack) -> requests.Response:
		headers = {name: value.replace("<site>", self.host.split(":")[0]) for name, value in attack.headers.items()}
		arguments = {"params": attack.arguments} if attack.method == "GET" else {"data": attack.arguments}
		path = attack.path
		return self.session(attack.who).request(
			attack.method,
			self.url + path,
			headers=headers,
			files=attack.files,
			timeout=60,
			allow_redirects=False,
			**arguments,
		)


def prepare(bench: Bench, site: str) -> dict:
	done = subprocess.run(
		[sites.python(), str(PREPARE), site],
		cwd=bench.sites,
		env={**bench.environment(), "PYTHONPATH": str(ROOT)},
		capture_output=True,
		text=True,
	)
	assert done.returncode == 0, done.stderr[-3000:]
	return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture(scope="session")
def closed_site() -> Target:
	"""The real site, with guard and row rules, through the front."""
	return Target(BENCH.url, BENCH.url.split("//", 1)[1], prepare(BENCH, BENCH.site))


@pytest.fixture(scope="session")
def open_site():
	"""The throwaway site, with guard and row rules off, straight from the framework."""
	bench = _Site(BENCH.name, BENCH.base)
	user, password = root_account(BENCH)
	shutil.rmtree(bench.site_path, ignore_errors=True)
	port = _free_port()
	settings = {"host_name": f"http://{OPEN_SITE}:{port}", "lsm_guard_off": 1}
	sites.work(
		bench,
		"create",
		root_user=user,
		root_password=password,
		admin_password=secrets.token_urlsafe(12),
		settings=settings,
	)
	sites.work(bench, "install", app="lsm_crm")
	facts = prepare(bench, OPEN_SITE)
	web = subprocess.Popen(
		[
			str(ROOT / "env/bin/gunicorn"),
			"-b",
			f"127.0.0.1:{port}",
			"-w",
			"1",
			"--threads",
			"4",
			"--no-control-socket",
			"frappe.app:application",
		],
		cwd=bench.sites,
		env=bench.environment(),
		stdout=subprocess.DEVNULL,
		stderr=open(bench.logs / "attack-site.log", "w"),  # noqa: SIM115
	)
	try:
		_wait(port)
		yield Target(f"http://127.0.0.1:{port}", f"{OPEN_SITE}:{port}", facts)
	finally:
		web.terminate()
		web.wait(20)
		_drop(bench, user, password)


class _Site(Bench):
	"""The test bench with the throwaway site in place of its own."""

	@property
	def site(self) -> str:
		return OPEN_SITE


def _drop(bench: Bench, user: str, password: str) -> None:
	from config.services.database import connect

	config = json.loads((bench.site_path / "site_config.json").read_text())
	with connect(BENCH) as connection, connection.cursor() as cursor:
		cursor.execute(f"DROP DATABASE IF EXISTS `{config['db_name']}`")
		cursor.execute(f"DROP USER IF EXISTS `{config['db_name']}`@`127.0.0.1`, `{config['db_name']}`@`localhost`")
	shutil.rmtree(bench.site_path, ignore_errors=True)


def _free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def _wait(port: int) -> None:
	end = time.monotonic() + 60
	while time.monotonic() < end:
		try:
			requests.get(f"http://127.0.0.1:{port}/api/method/ping", headers={"Host": OPEN_SITE}, timeout=20)
			return
		except requests.ConnectionError:
			time.sleep(0.3)
	raise AssertionError("the throwaway site does not answer")
