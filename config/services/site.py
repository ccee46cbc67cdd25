"""The site of a bench: made once, brought up to date when the app changed, and its accounts file.

The work itself is done by `config/services/site_worker.py`, which runs inside the framework.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import subprocess
from pathlib import Path

from config.cli.say import step
from config.services.bench import ROOT, Bench
from config.services.database import root_account
from config.services.machine import MachineError
from config.services.processes import end_with_parent

APP = ROOT / "apps" / "lsm_crm"
# The tests make an account for each role many times over; a real site keeps the framework's limit of 60 an hour.
TEST_SETTINGS = {"test": {"throttle_user_limit": 100_000}}


def python() -> str:
	return str(ROOT / "env" / "bin" / "python")


def app_digest() -> str:
	"""Digest of everything in the app that a migrate would act on."""
	total = hashlib.sha256()
	for path in sorted(APP.rglob("*")):
		if path.is_file() and not {"__pycache__", "public", "tests"} & set(path.parts) and path.suffix != ".pyc":
			total.update(str(path.relative_to(APP)).encode() + path.read_bytes())
	return total.hexdigest()


def work(bench: Bench, action: str, **values) -> str:
	"""Run one action of the site worker; secrets go over standard input, never on a command line."""
	done = subprocess.run(
		[python(), "-m", "config.services.site_worker", action],
		input=json.dumps({"site": bench.site, **values}),
		text=True,
		capture_output=True,
		cwd=bench.sites,
		env=bench.environment(),
		preexec_fn=end_with_parent,
	)
	if done.returncode:
		(bench.logs / f"site-{action}.log").write_text(done.stdout + done.stderr)
		said = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
		raise MachineError(
			f"The site's step “{action}” failed: {said[0]}\n    Whole text: {bench.logs / f'site-{action}.log'}"
		)
	return done.stdout


def ensure(bench: Bench, sample: bool, apps: list[str]) -> str:
	"""Make the site or bring it up to date. Returns "made", "migrated" or, when nothing had to be done, ""."""
	building, migrated = bench.site_path / ".lsm-creating", bench.site_path / ".lsm-migrated"
	if building.exists() or not (bench.site_path / "site_config.json").exists():
		create(bench, building, sample, apps)
		migrated.write_text(app_digest())
		building.unlink()
		return "made"
	if "lsm_crm" in apps and (not migrated.exists() or migrated.read_text() != app_digest()):
		with step("Bringing the site up to date"):
			work(bench, "migrate")
		migrated.write_text(app_digest())
		return "migrated"
	return ""


def create(bench: Bench, building: Path, sample: bool, apps: list[str]) -> None:
	"""Create the site; whatever an interrupted attempt left is made anew."""
	if bench.site_path.exists():
		shutil.rmtree(bench.site_path)
	bench.site_path.mkdir(parents=True)
	building.touch()
	user, password = root_account(bench)
	admin = secrets.token_urlsafe(12)
	with step("Making the site"):
		work(
			bench,
			"create",
			root_user=user,
			root_password=password,
			admin_password=admin,
			settings={"host_name": bench.url, "lsm_sample_site": sample, **TEST_SETTINGS.get(bench.name, {})},
		)
	write_accounts(bench, [{"role": "Administrator", "user": "Administrator", "password": admin}])
	if "lsm_crm" in apps:
		work(bench, "access_log", root_user=user, root_password=password)
	for app in apps:
		if app != "frappe":
			with step(f"Installing {app}"):
				work(bench, "install", app=app)
	if sample:
		with step("Filling it with sample data (made-up people)"):
			accounts = json.loads(work(bench, "sample").strip().splitlines()[-1])
		write_accounts(bench, [*read_accounts(bench), *accounts])
	elif "lsm_crm" in apps:
		work(bench, "secure")


def accounts_file(bench: Bench) -> Path:
	return bench.site_path / "accounts.json"


def read_accounts(bench: Bench) -> list[dict]:
	return json.loads(accounts_file(bench).read_text())


def write_accounts(bench: Bench, accounts: list[dict]) -> None:
	file = accounts_file(bench)
	file.touch(mode=0o600)
	file.chmod(0o600)
	file.write_text(json.dumps(accounts, indent=1) + "\n")
