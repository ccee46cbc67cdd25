"""A throwaway site without the app's protections, beside the real one."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import time

import pytest
import requests

from config.services import site as sites
from config.services.bench import ROOT, Bench
from config.services.database import root_account
from tests.attacks import pdf_tool
from tests.support import BENCH, accounts

OPEN_SITE = "open.attack.localhost"


class Target:
	"""A prepared site: where it is, what is in it, and one session per attacker."""

	def __init__(self, url: str, host: str, facts: dict, admin_password: str):
		self.url, self.host, self.facts = url, host, facts
		facts["users"]["admin"] = "Administrator"
		facts["passwords"]["admin"] = admin_password
		self.sessions: dict[str, requests.Session] = {}

	json = staticmethod(json.dumps)

	def visitor(self) -> requests.Session:
		"""Somebody who is not logged in."""
		visitor = requests.Session()
		visitor.headers.update({"Host": self.host, "Accept": "application/json"})
		return visitor

	def log_in(self, who: str) -> requests.Session:
		session = self.visitor()
		password = self.facts["passwords"].get(who, self.facts["password"])
		login = {"usr": self.facts["users"][who], "pwd": password}
		answer = session.post(self.url + "/api/method/login", data=login)
		assert answer.status_code == 200, f"{who}: {answer.status_code} {answer.text[:200]}"
		return session

	def session(self, who: str) -> requests.Session:
		if who not in self.sessions:
			session = self.visitor() if who == "guest" else self.log_in(who)
			if who != "guest":
				page = session.get(self.url + "/app", headers={"Accept": "text/html"}).text
				if (marker := 'csrf_token = "') in page:
					session.headers["X-Frappe-CSRF-Token"] = page.split(marker, 1)[1].split('"', 1)[0]
			self.sessions[who] = session
		return self.sessions[who]

	def gives(self, attack) -> tuple[bool, int, str]:
		"""Whether the attack gave something, the last answer's status, and its text."""
		try:
			if attack.play:
				return attack.play(self), 0, ""
			answer = self.run(attack)
		except requests.RequestException as error:  # no answer is no success, and is told as an error of the server
			return False, 599, str(error)
		return attack.won(answer, self), answer.status_code, answer.text

	def run(self, attack) -> requests.Response:
		headers = {name: value.replace("<site>", self.host.split(":")[0]) for name, value in attack.headers.items()}
		arguments = {"params": attack.arguments} if attack.method == "GET" else {"data": attack.arguments}
		return self.session(attack.who).request(
			attack.method,
			self.url + attack.path,
			headers=headers,
			files=attack.files,
			timeout=60,
			allow_redirects=False,
			**arguments,
		)


def prepare(bench: Bench, *arguments: str) -> dict:
	done = subprocess.run(
		[sites.python(), "-m", "tests.attacks.prepare", *arguments],
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
	facts = prepare(BENCH, BENCH.site)
	return Target(BENCH.url, BENCH.url.split("//", 1)[1], facts, accounts()["Administrator"]["password"])


@pytest.fixture(scope="session")
def open_site():
	"""The throwaway site: the framework as obtained with the app's DocTypes, and nothing that protects them."""
	bench = _Site(BENCH.name, BENCH.base)
	user, password = root_account(BENCH)
	shutil.rmtree(bench.site_path, ignore_errors=True)
	port, admin_password = _free_port(), secrets.token_urlsafe(12)
	sites.work(bench, "create", root_user=user, root_password=password, admin_password=admin_password, settings={})
	sites.work(bench, "install", app="lsm_crm")
	facts = prepare(bench, OPEN_SITE, "open")
	web = serve(bench, port, "tests.weakened:open_application()")
	try:
		wait(port)
		yield Target(f"http://127.0.0.1:{port}", f"{OPEN_SITE}:{port}", facts, admin_password)
	finally:
		web.terminate()
		web.wait(20)
		_drop(bench, user, password)


def serve(bench: Bench, port: int, application: str) -> subprocess.Popen:
	return subprocess.Popen(
		[
			str(ROOT / "env/bin/gunicorn"),
			"-b",
			f"127.0.0.1:{port}",
			"-w",
			"1",
			"--threads",
			"4",
			"--no-control-socket",
			application,
		],
		cwd=bench.sites,
		env=environment(bench),
		stdout=subprocess.DEVNULL,
		stderr=open(bench.logs / "attack-site.log", "w"),
	)


def environment(bench: Bench) -> dict[str, str]:
	"""What the throwaway site's process sees: the framework's own PDF program too, where there is one."""
	values = {**bench.environment(), "PYTHONPATH": str(ROOT)}
	if tool := pdf_tool.folder():
		values["PATH"] = f"{tool}:{values.get('PATH') or os.environ['PATH']}"
	return values


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


def wait(port: int, host: str = OPEN_SITE) -> None:
	end = time.monotonic() + 60
	while time.monotonic() < end:
		try:
			requests.get(f"http://127.0.0.1:{port}/api/method/ping", headers={"Host": host}, timeout=20)
			return
		except requests.ConnectionError:
			time.sleep(0.3)
	raise AssertionError("the site does not answer")
